// Algorithmic stablecoins, V-1: an exchange burns what it says and mints what the price and the virtual pools allow and no unit
// more; the pools move by what was exchanged and recover by their rule; the supplies of both coins are what exchanges leave. The
// arithmetic is the audit's own: by cross-multiplication, and a power of its own that rounds elsewhere, which is why a few base
// units of either side are allowed.
import { type Address, type ChainId, wholeUnit } from '@solvent/primitives'
import type { ChainEvent, StablecoinSpec } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'

type Exchanged = Extract<ChainEvent, { kind: 'stablecoin-exchanged' }>

const E8 = 10n ** 8n
const BPS = 10_000n
/** Digits of the audit's power. */
const SCALE = 10n ** 40n
/** Base units by which two roundings of one quantity may differ. */
const SLACK = 3n

interface Mark {
  readonly delta: bigint
  readonly block: number
}

interface Ledger {
  readonly spec: StablecoinSpec
  readonly book: ChainBook
  /** After each exchange of the branch, the state at rest first. */
  readonly marks: Mark[]
  stableSupply: bigint
  tokenSupply: bigint
}

export class StablecoinRules {
  readonly #tally: Tally
  readonly #ledgers = new Map<Address, Ledger>()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    for (const spec of index.spec.stablecoins) {
      const chain = index.chains.get(spec.chainId)
      if (chain === undefined) continue
      const marks = [{ delta: 0n, block: 0 }]
      this.#ledgers.set(spec.address, { spec, book: chain.book, marks, stableSupply: 0n, tokenSupply: 0n })
    }
  }

  genesis(): void {
    for (const ledger of this.#ledgers.values()) {
      ledger.stableSupply = bookedSupply(ledger, ledger.spec.stable)
      ledger.tokenSupply = bookedSupply(ledger, ledger.spec.token)
    }
  }

  exchanged({ chain, block, atMs, transaction }: Scope, event: Exchanged): void {
    this.#tally.checked['V-1']++
    const ledger = this.#ledgers.get(event.stablecoin)
    if (ledger?.spec.chainId !== chain.chainId)
      return this.#tell(atMs, chain.chainId, `there is no stablecoin ${event.stablecoin} on this chain`)
    const call = transaction?.call
    if (
      call?.kind !== 'exchange-stablecoin' ||
      call.amount !== event.amountIn ||
      call.direction !== event.direction
    )
      this.#breach(atMs, ledger, `exchanges ${event.amountIn}, which its call does not ask for`)
    else if (event.amountOut < call.minAmountOut)
      this.#breach(atMs, ledger, `gives ${event.amountOut}, the call asks for ${call.minAmountOut}`)
    const problem = exchangeProblem(ledger, event, block.header.number)
    if (problem !== null) this.#breach(atMs, ledger, problem)
    move(ledger, event, 1n)
    ledger.marks.push({ delta: event.delta, block: block.header.number })
    this.#sound(atMs, ledger)
  }

  sums(atMs: number): void {
    for (const ledger of this.#ledgers.values()) this.#sound(atMs, ledger)
  }

  /** Takes an event of an orphaned block back, the newest first. */
  undo(event: ChainEvent): void {
    if (event.kind !== 'stablecoin-exchanged') return
    const ledger = this.#ledgers.get(event.stablecoin)
    if (ledger === undefined) return
    ledger.marks.pop()
    move(ledger, event, -1n)
  }

  #sound(atMs: number, ledger: Ledger): void {
    this.#tally.checked['V-1']++
    for (const [coin, expected] of [
      [ledger.spec.stable, ledger.stableSupply],
      [ledger.spec.token, ledger.tokenSupply],
    ] as const) {
      const booked = bookedSupply(ledger, coin)
      if (booked !== expected)
        this.#breach(atMs, ledger, `leaves ${expected} of ${coin} in circulation, the journal has ${booked}`)
    }
  }

  #breach(atMs: number, { spec }: Ledger, detail: string): void {
    this.#tell(atMs, spec.chainId, `stablecoin ${spec.name} ${detail}`)
  }

  #tell(atMs: number, chainId: ChainId, detail: string): void {
    this.#tally.breach('V-1', atMs, chainId, detail)
  }
}

function bookedSupply({ book }: Ledger, token: Address): bigint {
  return -book.token(token).balance('SUPPLY', '')
}

function move(ledger: Ledger, { direction, amountIn, amountOut }: Exchanged, sign: 1n | -1n): void {
  const [stable, token] = direction === 'redeem' ? [-amountIn, amountOut] : [amountOut, -amountIn]
  ledger.stableSupply += sign * stable
  ledger.tokenSupply += sign * token
}

/** Why an exchange is not what price and pools allow. */
function exchangeProblem(
  { spec, marks }: Pick<Ledger, 'spec' | 'marks'>,
  { direction, amountIn, amountOut, priceE8, delta }: Exchanged,
  block: number,
): string | null {
  const before = marks.at(-1) as Mark
  const base = spec.basePool
  const [stableUnit, tokenUnit] = [wholeUnit(spec.stableDecimals), wholeUnit(spec.tokenDecimals)]
  const isRedeemed = direction === 'redeem'
  const worth = isRedeemed ? amountIn : (amountIn * priceE8 * stableUnit) / (E8 * tokenUnit)
  const rest = left(before, spec.recoveryBlocks, block)
  const stablePool = base + rest
  // As fractions of the square of the base pool: the token's pool is base²/stablePool.
  const pools = isRedeemed
    ? // ask = base²/s − base²/(s + w)
      { numerator: base * base * worth, denominator: stablePool * (stablePool + worth) }
    : // ask = s − base²/(base²/s + w)
      { numerator: stablePool * stablePool * worth, denominator: base * base + stablePool * worth }
  const byPools = pools.numerator / pools.denominator
  const bySpread = (worth * (BPS - spec.minSpreadBps)) / BPS
  const most = byPools < bySpread ? byPools : bySpread
  const given = isRedeemed ? (amountOut * priceE8 * stableUnit) / (E8 * tokenUnit) : amountOut
  const unit = isRedeemed ? (priceE8 * stableUnit) / (E8 * tokenUnit) + 1n : 1n
  if (given > most) return `gives a worth of ${given} for ${worth}, its pools allow ${most}`
  if (given + unit + SLACK < most) return `gives a worth of ${given} for ${worth}, and owes ${most}`
  const moved = isRedeemed ? rest + worth : rest - amountOut
  const off = delta - moved
  return off > SLACK || off < -SLACK ? `is at ${delta} from rest, its exchanges leave ${moved}` : null
}

/** δ · (1 − 1/n)^blocks, squared from the lowest bit in decimals of its own. */
function left({ delta, block: since }: Mark, recoveryBlocks: number, block: number): bigint {
  const n = BigInt(recoveryBlocks)
  let factor = (SCALE * (n - 1n)) / n
  let power = SCALE
  for (let blocks = block - since; blocks > 0; blocks = Math.floor(blocks / 2)) {
    if (blocks % 2 === 1) power = (power * factor) / SCALE
    factor = (factor * factor) / SCALE
  }
  return (delta * power) / SCALE
}
