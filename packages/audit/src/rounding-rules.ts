// Divisions, L-7 and L-8: which way they went, what they left, and where the rest of a bridge transfer went.
// Sources: UniswapX DutchDecayLib (a decay is rounded down, so what is required is rounded up) and ExclusivityLib
// (an override is rounded up); Wormhole token bridge (amounts are cut to the shared decimals, the rest stays).
import { type Address, BPS, type Hash32 } from '@solvent/primitives'
import type { ChainEvent, JournalEntry, Order, Rounding } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { curvePrice } from './curve-price.ts'
import { paysOverride, tipOf } from './price-rules.ts'
import type { Tally } from './tally.ts'
import { transferFee } from './transfer-fee-rules.ts'

/** A division that an entry must state, when it left something. */
interface Division {
  readonly direction: Rounding['direction']
  readonly residue: bigint
  readonly divisor: bigint
}

export class RoundingRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
  }

  /** The roundings that an entry states. */
  entry(scope: Scope, entry: JournalEntry): void {
    this.#tally.checked['L-7']++
    for (let i = 0; i < entry.rounding.length; i++) {
      const { direction, residue, divisor } = entry.rounding[i]!
      if ((direction === 'floor' || direction === 'up') && residue > 0n && residue < divisor) continue
      this.#breach(
        scope,
        'L-7',
        `entry ${entry.index} (${entry.cause}) rounds ${direction} with residue ${residue} of ${divisor}`,
      )
    }
  }

  /** What a fill required is the order's price rounded against the solver, and the entry states how. */
  filled(
    scope: Scope,
    { order, orderId, solver, requiredAmount }: Extract<ChainEvent, { kind: 'order-filled' }>,
  ): void {
    if (order.award.by === 'auctioneer' && scope.timestamp <= order.award.exclusiveUntil) return
    this.#tally.checked['L-7']++
    const { amount, divisions } = requirement(order, scope, paysOverride(order, solver, scope.timestamp))
    if (requiredAmount !== amount) {
      this.#breach(
        scope,
        'L-7',
        `order ${orderId}: a fill must deliver ${amount}, the chain required ${requiredAmount}`,
      )
    }
    const stated = scope.receipt.entries.find(({ cause }) => cause === 'fill')?.rounding ?? []
    for (const { direction, residue, divisor } of divisions) {
      const isStated = stated.some(
        (item) => item.direction === direction && item.residue === residue && item.divisor === divisor,
      )
      if (!isStated)
        this.#breach(
          scope,
          'L-7',
          `order ${orderId}: the fill does not state ${direction} with residue ${residue} of ${divisor}`,
        )
    }
  }

  /** L-8 on an entry that locks or burns: the sender parts with the multiple of the divisor, no more. */
  sent(scope: Scope, entry: JournalEntry): void {
    const call = scope.transaction?.call
    if (call?.kind !== 'bridge-out') return
    this.#tally.checked['L-8']++
    const divisor = this.#divisor(scope, call.token, call.bridge, call.dstChainId)
    const dust = call.amount % divisor
    let sender = 0n
    let custody = 0n
    for (const { owner, token, amount, kind } of entry.legs) {
      if (token !== call.token) continue
      if (kind === 'SUPPLY' || kind === 'BRIDGE_LOCK' || kind === 'POOL') custody += amount
      else if (owner === scope.transaction!.from) sender += amount
    }
    const arrived = call.amount - dust - this.#keptBack(scope, entry, call, divisor)
    if (sender !== dust - call.amount || custody !== arrived) {
      this.#breach(
        scope,
        'L-8',
        `sending ${call.amount} in steps of ${divisor} cost the sender ${-sender} and put ${custody} into custody, expected ${call.amount - dust} and ${arrived}`,
      )
    }
  }

  /** The fee of a burn-and-mint transfer is rounded against the recipient, and the entry states how. */
  minted(
    scope: Scope,
    { bridge, token, amount, message }: Extract<ChainEvent, { kind: 'bridge-transfer' }>,
  ): void {
    const spec = this.#index.bridges.get(bridge)
    if (spec?.custody.kind !== 'burn-mint') return
    this.#tally.checked['L-7']++
    const product = amount * BigInt(spec.custody.feeBps)
    const rest = product % BPS
    const fee = (product - rest) / BPS + (rest === 0n ? 0n : 1n)
    const entry = mintOf(scope, message)
    let kept = 0n
    for (const leg of entry?.legs ?? []) {
      if (leg.kind !== 'SUPPLY' && leg.token === token && leg.owner === spec.issuer.address)
        kept += leg.amount
    }
    const isOwn = scope.receipt.events.some(
      (event) =>
        event.kind === 'message-delivered' &&
        event.digest === message &&
        event.message.payload.kind === 'transfer' &&
        event.message.payload.recipient === spec.issuer.address,
    )
    const expected = isOwn ? amount : fee
    if (kept !== expected)
      this.#breach(scope, 'L-7', `the issuer kept ${kept} of a mint of ${amount}, its fee is ${fee}`)
  }

  /** L-8 at the end: what went in and out of a lock since genesis are whole steps. */
  end(lockedAtGenesis: (bridge: string, token: string) => bigint, atMs: number): void {
    for (const bridge of this.#index.spec.bridges) {
      if (bridge.custody.kind !== 'lock-mint') continue
      for (const { home } of bridge.routes) {
        const chain = this.#index.chains.get(home.chainId)
        if (chain === undefined) continue
        this.#tally.checked['L-8']++
        const step = powerOfTen(
          Math.max(0, this.#index.decimals(home.chainId, home.token) - bridge.sharedDecimals),
        )
        const moved =
          chain.book.token(home.token).balance('BRIDGE_LOCK', bridge.address) -
          lockedAtGenesis(bridge.address, home.token)
        if (moved % step !== 0n)
          this.#tally.breach(
            'L-8',
            atMs,
            home.chainId,
            `the lock of ${bridge.name} moved by ${moved}, no multiple of ${step}`,
          )
      }
    }
  }

  /** What of an amount on its way into a lock a token with a fee keeps back: the fee, and what makes no whole step. */
  #keptBack(
    { chain }: Scope,
    { cause }: JournalEntry,
    { token, amount }: { readonly token: Address; readonly amount: bigint },
    divisor: bigint,
  ): bigint {
    const feeBps = this.#index.transferFeeBps(chain.chainId, token)
    if (cause !== 'bridge-lock' || feeBps === 0) return 0n
    const whole = amount - (amount % divisor)
    const fee = transferFee(whole, feeBps)
    return fee + ((whole - fee) % divisor)
  }

  /** The least amount that survives the crossing, in source base units. */
  #divisor(
    scope: Scope,
    token: Parameters<NetworkIndex['decimals']>[1],
    bridge: Parameters<NetworkIndex['decimals']>[1],
    dstChainId: Parameters<NetworkIndex['decimals']>[0],
  ): bigint {
    const spec = this.#index.bridges.get(bridge)
    const source = this.#index.decimals(scope.chain.chainId, token)
    if (spec === undefined) return 1n
    const route = spec.routes.find(({ home, wrapped }) =>
      [home, ...wrapped].some((end) => end.chainId === scope.chain.chainId && end.token === token),
    )
    const arriving =
      route === undefined
        ? undefined
        : [route.home, ...route.wrapped].find(({ chainId }) => chainId === dstChainId)
    const destination = arriving === undefined ? source : this.#index.decimals(dstChainId, arriving.token)
    return powerOfTen(Math.max(0, source - Math.min(destination, spec.sharedDecimals)))
  }

  #breach(scope: Scope, id: 'L-7' | 'L-8', detail: string): void {
    this.#tally.breach(
      id,
      scope.atMs,
      scope.chain.chainId,
      `block ${scope.block.header.number}, transaction ${scope.receipt.transactionHash}: ${detail}`,
    )
  }
}

const MILLI_BIPS = 10_000_000n

/** The price in whole units, with the divisions on the way to it that left something. */
function requirement(
  { pricing, output, award }: Order,
  { timestamp: now, transaction, block: { header } }: Scope,
  withOverride: boolean,
): { amount: bigint; divisions: Division[] } {
  const divisions: Division[] = []
  let amount = output.minAmount
  if (pricing.rule === 'dutch' && now < pricing.decayEnd) {
    amount = pricing.startAmount
    if (now > pricing.decayStart) {
      const divisor = BigInt(pricing.decayEnd - pricing.decayStart)
      const product = (pricing.startAmount - output.minAmount) * BigInt(now - pricing.decayStart)
      const residue = product % divisor
      amount -= (product - residue) / divisor
      if (residue !== 0n) divisions.push({ direction: 'floor', residue, divisor })
    }
  }
  if (pricing.rule === 'block-dutch') {
    const { numerator, denominator, isRising } = curvePrice(pricing, output.minAmount, header.number)
    // Up to a whole unit either way: a smaller fall, or a larger rise.
    amount = (numerator + denominator - 1n) / denominator
    const residue = amount * denominator - numerator
    if (residue !== 0n)
      divisions.push({ direction: isRising ? 'up' : 'floor', residue, divisor: denominator })
  }
  if (pricing.rule === 'priority-fee') {
    const tip = tipOf(transaction, header.baseFee)
    const product = amount * (MILLI_BIPS + (tip / pricing.feeUnit) * BigInt(pricing.milliBipsPerFee))
    const rest = product % MILLI_BIPS
    amount = (product - rest) / MILLI_BIPS
    if (rest !== 0n) {
      amount += 1n
      divisions.push({ direction: 'up', residue: MILLI_BIPS - rest, divisor: MILLI_BIPS })
    }
  }
  if (withOverride && award.by === 'user' && award.overrideBps > 0) {
    const product = amount * (BPS + BigInt(award.overrideBps))
    const rest = product % BPS
    amount = (product - rest) / BPS
    if (rest !== 0n) {
      amount += 1n
      divisions.push({ direction: 'up', residue: BPS - rest, divisor: BPS })
    }
  }
  return { amount, divisions }
}

const powers: bigint[] = [1n]

function powerOfTen(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next++) powers.push(powers[next - 1]! * 10n)
  return powers[exponent]!
}

/** The entry that minted for a message: mints of a transaction are told in the order of their entries. */
function mintOf({ receipt }: Scope, message: Hash32): JournalEntry | undefined {
  const minted = receipt.events.filter((event) => event.kind === 'bridge-transfer' && event.step === 'minted')
  const place = minted.findIndex((event) => event.kind === 'bridge-transfer' && event.message === message)
  return receipt.entries.filter(({ cause }) => cause === 'bridge-mint')[place]
}
