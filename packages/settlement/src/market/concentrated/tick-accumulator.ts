// The sum of tick × seconds that a pool of ranges keeps; two readings give the average tick between them, whose price is the geometric
// mean of prices. One block moves it for that block's seconds, by its distance in ticks and not in price. Sources: v3-core Oracle.sol
// (transform), v3-periphery OracleLibrary.sol (consult: rounded towards minus infinity; getQuoteAtTick).
import { sqrtRatioAtTickUp } from './tick-math.ts'

export interface TickAccumulator {
  /** Σ tick · seconds. */
  readonly tickCumulative: bigint
  readonly blockTimestampLast: number
}

/** The accumulator at a later time of the same tick. */
export function accumulateTick(before: TickAccumulator, tick: number, atSeconds: number): TickAccumulator {
  const elapsed = atSeconds - before.blockTimestampLast
  if (elapsed <= 0) return before
  const tickCumulative = before.tickCumulative + BigInt(tick) * BigInt(elapsed)
  return { tickCumulative, blockTimestampLast: atSeconds }
}

/** The average tick between two readings; null when no time has passed. */
export function averageTickFloor(before: TickAccumulator, after: TickAccumulator): number | null {
  const elapsed = BigInt(after.blockTimestampLast - before.blockTimestampLast)
  if (elapsed <= 0n) return null
  const grown = after.tickCumulative - before.tickCumulative
  const average = grown / elapsed
  return Number(grown < 0n && average * elapsed !== grown ? average - 1n : average)
}

/**
 * The price at a tick in UQ112.112, rounded down.
 *
 * @param which 0: token 1 a token 0
 */
export function priceAtTickX112(tick: number, which: 0 | 1): bigint {
  const root = sqrtRatioAtTickUp(tick)
  return which === 0 ? (root * root) >> 80n : (1n << 304n) / (root * root)
}
