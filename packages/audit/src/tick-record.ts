// The sum of tick × seconds of the pools of ranges that oracles look at, by the audit's own reading of where their swaps left the tick, and
// what an average tick is worth by its own powers of 1.0001 (v3-core Oracle.sol, v3-periphery OracleLibrary.sol). That the tick is that of
// the price is A-2's to say.
import type { Address } from '@solvent/primitives'
import type { AverageSource, ChainEvent, MarketSpec, NetworkSpec } from '@solvent/protocol'
import { rootAt } from './range-arithmetic.ts'

interface TickFacts {
  readonly tick: number
  readonly sum: bigint
  /** Unix seconds; 0 before the first change. */
  readonly at: number
}

const LEAST_TICK = -887_272
const GREATEST_TICK = 887_272
/** 2^96 squared over 2^112. */
const TO_X112 = 80n
const SQUARE_X112 = 1n << 304n

export class TickRecord {
  readonly #pools: Map<Address, TickFacts>

  constructor({ markets, oracles }: NetworkSpec) {
    const used = new Set(oracles.flatMap(({ source }) => (source.kind === 'twap' ? source.market : [])))
    this.#pools = new Map(
      markets.flatMap(({ address, design }) =>
        used.has(address) && design.kind === 'concentrated'
          ? [[address, { tick: tickOf(design), sum: 0n, at: 0 }] as const]
          : [],
      ),
    )
  }

  has(market: Address): boolean {
    return this.#pools.has(market)
  }

  /** Takes a swap over; null: nobody averages this pool. */
  moved({ market, tick }: Extract<ChainEvent, { kind: 'tick-moved' }>, now: number): (() => void) | null {
    const before = this.#pools.get(market)
    if (before === undefined) return null
    this.#pools.set(market, { tick, sum: grown(before, now), at: now })
    return () => {
      this.#pools.set(market, before)
    }
  }

  sumAt(market: Address, now: number): bigint | null {
    const pool = this.#pools.get(market)
    return pool === undefined ? null : grown(pool, now)
  }
}

function grown({ tick, sum, at }: TickFacts, now: number): bigint {
  return sum + BigInt(tick) * BigInt(now - at)
}

/** The tick of the price at the start: the greatest whose root is not above it. */
function tickOf({ sqrtPriceX96 }: Extract<MarketSpec['design'], { kind: 'concentrated' }>): number {
  let [low, high] = [LEAST_TICK, GREATEST_TICK]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (rootAt(middle) <= sqrtPriceX96) low = middle
    else high = middle - 1
  }
  return low
}

/** What the price of one side was between two sums, in UQ112.112: that of the average tick, rounded down. */
export function ratioOfTicks(
  before: { readonly sum: bigint; readonly at: number },
  after: { readonly sum: bigint; readonly at: number },
  side: AverageSource['side'],
): bigint {
  const [moved, seconds] = [after.sum - before.sum, BigInt(after.at - before.at)]
  const tick = Number((moved - (((moved % seconds) + seconds) % seconds)) / seconds)
  const square = rootAt(tick) * rootAt(tick)
  return side === 'token0' ? square >> TO_X112 : SQUARE_X112 / square
}
