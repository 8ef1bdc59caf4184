// Controls, G-1 and G-2: a breaker halts when the price that it watches has moved too far within its window, and only then; what it
// stops does not happen while it halts, and is refused for no other reason; no more leaves a contract within a window than its limit
// lets through. Prices are the audit's own reading of oracles and pairs, amounts come from the journal.
import type { Address } from '@solvent/primitives'
import type { BreakerSpec, Call, CallKind, ChainEvent, OutflowLimitSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

type Tripped = Extract<ChainEvent, { kind: 'breaker-tripped' }>

/** The price that an oracle or a pair has now; null when there is none. */
export type WatchedPrice = (watched: Address, now: number) => bigint | null

interface Watch {
  readonly price: bigint | null
  readonly since: number
  readonly haltedUntil: number
}

interface Breaker {
  readonly spec: BreakerSpec
  watch: Watch
}

interface Limit {
  readonly spec: OutflowLimitSpec
  readonly outflows: { readonly at: number; readonly amount: bigint }[]
}

const BPS = 10_000n
const MOVING: ReadonlySet<string> = new Set([
  'post-price',
  'poke-oracle',
  'swap',
  'add-liquidity',
  'remove-liquidity',
  'mint-range',
  'burn-range',
  'mint-vault-shares',
  'burn-vault-shares',
  'place-orders',
])

/** What takes collateral of unhealthy accounts. */
const LIQUIDATING: ReadonlySet<CallKind> = new Set<CallKind>(['liquidate', 'start-auction'])

export class GuardRules {
  readonly #tally: Tally
  readonly #priceOf: WatchedPrice
  readonly #breakers: readonly Breaker[]
  readonly #limits: readonly Limit[]
  readonly #log = new WriteLog()
  /** Halts that the receipt in scope has to tell of. */
  #due: Tripped[] = []

  constructor(tally: Tally, { spec: { controls } }: NetworkIndex, priceOf: WatchedPrice) {
    this.#tally = tally
    this.#priceOf = priceOf
    this.#breakers = controls.breakers.map((spec) => ({
      spec,
      watch: { price: null, since: 0, haltedUntil: 0 },
    }))
    this.#limits = controls.outflowLimits.map((spec) => ({ spec, outflows: [] }))
  }

  /** Before the events of a receipt are taken in. */
  attempted(scope: Scope): void {
    this.#due = []
    const call = scope.transaction?.call
    if (this.#breakers.length === 0 || call === undefined) return
    const isDone = scope.receipt.status === 'ok'
    const halted = this.#breakersOf(scope).filter((breaker) => {
      const seen = MOVING.has(call.kind) ? this.#seen(scope, breaker) : breaker.watch
      if (isDone) this.#turn(scope, breaker, seen)
      return (
        scope.timestamp < seen.haltedUntil &&
        breaker.spec.guarded === guardedBy(call) &&
        (breaker.spec.stops as readonly string[]).includes(
          LIQUIDATING.has(call.kind) ? 'liquidate' : call.kind,
        )
      )
    })
    if (isDone && halted.length > 0)
      this.#breach('G-1', scope, `${halted[0]!.spec.name} halts, and a ${call.kind} is carried out`)
    if (scope.receipt.reason === 'trading-halted') {
      this.#tally.checked['G-1']++
      if (halted.length === 0)
        this.#breach('G-1', scope, `a ${call.kind} is refused for a halt, and nothing halts`)
    }
  }

  /** After them. */
  receiptDone(scope: Scope): void {
    const call = scope.transaction?.call
    if (call === undefined || scope.receipt.status !== 'ok') return
    if (MOVING.has(call.kind))
      for (const breaker of this.#breakersOf(scope)) {
        this.#tally.checked['G-1']++
        this.#turn(scope, breaker, this.#seen(scope, breaker))
      }
    this.#compare(scope)
    if (!LIQUIDATING.has(call.kind)) for (const limit of this.#limits) this.#leave(scope, call, limit)
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  #breakersOf({ chain }: Scope): readonly Breaker[] {
    return this.#breakers.filter(({ spec }) => spec.chainId === chain.chainId)
  }

  /** The watch after a look at the price. */
  #seen({ timestamp: now }: Scope, { spec, watch }: Breaker): Watch {
    const price = this.#priceOf(spec.watched, now)
    if (price === null || price <= 0n || now < watch.haltedUntil) return watch
    if (watch.price === null || now >= watch.since + spec.windowSeconds)
      return { ...watch, price, since: now }
    const gap = price > watch.price ? price - watch.price : watch.price - price
    if (gap * BPS < watch.price * spec.moveBps) return watch
    return { price: null, since: now, haltedUntil: now + spec.haltSeconds }
  }

  #turn(scope: Scope, breaker: Breaker, after: Watch): void {
    const { spec, watch: before } = breaker
    if (after === before) return
    breaker.watch = after
    this.#log.note(scope.block.hash, () => {
      breaker.watch = before
    })
    if (after.haltedUntil === before.haltedUntil || before.price === null) return
    const price = this.#priceOf(spec.watched, scope.timestamp) ?? 0n
    const { address, guarded } = spec
    const { haltedUntil } = after
    this.#due.push({
      kind: 'breaker-tripped',
      breaker: address,
      guarded,
      reference: before.price,
      price,
      haltedUntil,
    })
  }

  /** What the receipt says of halts is what is due. */
  #compare(scope: Scope): void {
    if (this.#breakers.length === 0) return
    const told = scope.receipt.events.filter((event) => event.kind === 'breaker-tripped')
    const left = [...told]
    for (const due of this.#due) {
      const at = left.findIndex(
        (event) =>
          event.breaker === due.breaker &&
          event.guarded === due.guarded &&
          event.reference === due.reference &&
          event.price === due.price &&
          event.haltedUntil === due.haltedUntil,
      )
      if (at < 0)
        this.#breach(
          'G-1',
          scope,
          `${due.breaker} has to halt at ${due.price} after ${due.reference}, and does not say so`,
        )
      else left.splice(at, 1)
    }
    for (const { breaker, reference, price } of left)
      this.#breach('G-1', scope, `${breaker} halts at ${price} after ${reference}, which is not due`)
  }

  #leave(scope: Scope, call: Call, { spec, outflows }: Limit): void {
    if (spec.chainId !== scope.chain.chainId || guardedBy(call) !== spec.guarded) return
    this.#tally.checked['G-2']++
    let amount = 0n
    for (const { legs } of scope.receipt.entries)
      for (const leg of legs)
        if (leg.kind === 'POOL' && leg.owner === spec.guarded && leg.token === spec.token)
          amount -= leg.amount
    if (amount <= 0n) return
    outflows.push({ at: scope.timestamp, amount })
    this.#log.note(scope.block.hash, () => outflows.pop())
    let used = 0n
    for (let i = outflows.length - 1; i >= 0; i--) {
      const each = outflows[i]!
      if (each.at + spec.windowSeconds <= scope.timestamp) break
      used += each.amount
    }
    if (used > spec.amount)
      this.#breach(
        'G-2',
        scope,
        `${used} of ${spec.token} left within ${spec.windowSeconds} s, ${spec.name} lets ${spec.amount} through`,
      )
  }

  #breach(id: 'G-1' | 'G-2', { atMs, chain, block }: Scope, detail: string): void {
    this.#tally.breach(id, atMs, chain.chainId, `block ${block.header.number}: ${detail}`)
  }
}

function guardedBy(call: Call): Address | null {
  if ('market' in call) return call.market
  return 'pool' in call ? call.pool : null
}
