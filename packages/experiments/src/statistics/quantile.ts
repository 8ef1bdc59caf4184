// Quantiles with intervals that hold for every continuous distribution, and expected shortfall.
//
// Sources: type 7 of R. Hyndman, Y. Fan, "Sample quantiles in statistical packages", Amer. Statist. 50(4), 1996; the interval
// between two order statistics: W. Conover, "Practical Nonparametric Statistics", 3rd ed., 1999, §3.2; expected shortfall:
// R. Rockafellar, S. Uryasev, "Conditional value-at-risk for general loss distributions", J. Banking & Finance 26, 2002.
import { exp, ln } from '@solvent/primitives'
import { quantileSorted } from 'simple-statistics'

export interface Interval {
  readonly low: number
  readonly high: number
}

export interface QuantileEstimate {
  /** The share of values below it, 0 to 1. */
  readonly at: number
  readonly value: number
  /** Null where the sample is too small for the confidence. */
  readonly interval: Interval | null
}

/** A copy in ascending order. */
export function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}

/**
 * A quantile and the shortest pair of order statistics around it whose coverage is at least the confidence.
 *
 * @param sorted in ascending order, at least one
 * @example quantileEstimate([1, 2, 3], 0.5, 0.95) // { at: 0.5, value: 2, interval: null }
 */
export function quantileEstimate(sorted: number[], at: number, confidence: number): QuantileEstimate {
  return { at, value: quantileSorted(sorted, at), interval: orderInterval(sorted, at, confidence) }
}

/** Values below the quantile are binomial: order statistics l < u hold it between them when at least l and fewer than u are. */
function orderInterval(sorted: readonly number[], at: number, confidence: number): Interval | null {
  const n = sorted.length
  const below = binomialBelow(n, at)
  let best: { readonly lower: number; readonly upper: number } | null = null
  let upper = 2
  for (let lower = 1; lower < n; lower++) {
    upper = Math.max(upper, lower + 1)
    while (upper <= n && below[upper]! - below[lower]! < confidence) upper++
    if (upper > n) break
    if (best === null || isBetter({ lower, upper }, best, n * at)) best = { lower, upper }
  }
  return best === null ? null : { low: sorted[best.lower - 1]!, high: sorted[best.upper - 1]! }
}

interface Ranks {
  readonly lower: number
  readonly upper: number
}

/** Fewer ranks apart; of equals the one whose middle is nearer to the quantile's rank. */
function isBetter(one: Ranks, other: Ranks, rank: number): boolean {
  const width = one.upper - one.lower - (other.upper - other.lower)
  const away = ({ lower, upper }: Ranks) => Math.abs((lower + upper - 1) / 2 - rank)
  return width < 0 || (width === 0 && away(one) < away(other))
}

/** At place i the probability that fewer than i of n are below. */
function binomialBelow(n: number, share: number): Float64Array {
  const [logShare, logRest] = [ln(share), ln(1 - share)]
  const below = new Float64Array(n + 2)
  let logWays = 0
  for (let count = 0; count <= n; count++) {
    below[count + 1] = below[count]! + exp(logWays + count * logShare + (n - count) * logRest)
    logWays += ln((n - count) / (count + 1))
  }
  return below
}

/**
 * The mean of the worst share of values; a value that is partly in it counts in part.
 *
 * @param sorted losses in ascending order, at least one; the greatest are the worst
 * @param confidence the mean is over the 1 − confidence worst
 * @example expectedShortfall([1, 2, 3, 4], 0.5) // 3.5
 */
export function expectedShortfall(sorted: ArrayLike<number>, confidence: number): number {
  const n = sorted.length
  const tail = n * (1 - confidence)
  let [left, sum] = [tail, 0]
  for (let at = n - 1; at >= 0 && left > 0; at--) {
    const weight = Math.min(1, left)
    sum += weight * sorted[at]!
    left -= weight
  }
  return sum / tail
}
