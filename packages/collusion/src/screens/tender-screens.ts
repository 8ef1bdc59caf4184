/**
 * Screens of one tender: numbers that a cartel's bids move and that need nothing but the bids.
 *
 * Sources: D. Imhof, "Simple statistical screens to detect bid rigging" (2017); M. Huber, D. Imhof, "Machine learning
 * with screens for detecting bid-rigging cartels", IJIO 65 (2019) 277-301; skewness and kurtosis are the adjusted
 * Fisher-Pearson ones (as in scipy with bias=False). b1 ≤ … ≤ bn, s with n − 1.
 */
import { sortedOf } from '../statistics/moments.ts'

export const SCREENS = [
  'cv',
  'spd',
  'd',
  'diffp',
  'skew',
  'kurt',
  'rd',
  'rdnor',
  'rdalt',
  'ks_uniform',
  'ks_rank',
] as const

export type ScreenName = (typeof SCREENS)[number]

/** Null where the number of bids does not allow it, or its denominator is nothing against the mean bid. */
export type Screens = Readonly<Record<ScreenName, number | null>>

export interface TenderScreens extends Screens {
  readonly n: number
  readonly mean: number
  readonly sd: number
}

/** Which way collusion moves a screen: 1 up, −1 down. Never the same for every kind of cartel: see the model page. */
export const DIRECTIONS: Readonly<Record<ScreenName, 1 | -1>> = {
  cv: -1,
  spd: -1,
  d: 1,
  diffp: 1,
  skew: -1,
  kurt: 1,
  rd: 1,
  rdnor: 1,
  rdalt: 1,
  ks_uniform: 1,
  ks_rank: 1,
}

/**
 * A denominator of at most this share of the mean bid counts as zero: two bids that differ by rounding would give
 * relative distances of 10¹¹.
 */
const NEGLIGIBLE = 1e-9

/**
 * The screens of a tender's bids, at least one, in any order.
 *
 * @example screensOf([100, 104, 106]).rdnor // (4 · 2) / 6 = 1.33…
 */
export function screensOf(bids: ArrayLike<number>): TenderScreens {
  const sorted = sortedOf(bids)
  const n = sorted.length
  const mean = sumOf(sorted) / n
  const lowest = sorted[0]!
  const second = n > 1 ? sorted[1]! : Number.NaN
  const highest = sorted[n - 1]!
  const squares = squaresAround(sorted, mean)
  const sd = n > 1 ? Math.sqrt(squares / (n - 1)) : 0
  const over = (numerator: number, denominator: number) =>
    denominator <= NEGLIGIBLE * Math.abs(mean) ? null : numerator / denominator
  const losers = sorted.subarray(1)
  const losersSd = n > 2 ? Math.sqrt(squaresAround(losers, sumOf(losers) / (n - 1)) / (n - 2)) : 0
  const difference = second - lowest
  const isSpread = n > 1 && sd > NEGLIGIBLE * Math.abs(mean)
  return {
    n,
    mean,
    sd,
    cv: n > 1 ? over(sd, mean) : null,
    spd: n > 1 ? over(highest - lowest, lowest) : null,
    d: n > 1 ? difference : null,
    diffp: n > 1 ? over(difference, lowest) : null,
    skew: isSpread && n > 2 ? skewness(sorted, mean, sd) : null,
    kurt: isSpread && n > 3 ? kurtosis(sorted, mean, sd) : null,
    rd: n > 2 ? over(difference, losersSd) : null,
    rdnor: n > 2 ? over(difference * (n - 1), highest - lowest) : null,
    rdalt: n > 2 ? over(difference * (n - 2), highest - second) : null,
    ks_uniform: n > 1 && over(1, highest - lowest) !== null ? distanceToUniform(sorted) : null,
    ks_rank: n > 1 && over(1, highest - lowest) !== null ? distanceToRanks(sorted) : null,
  }
}

function skewness(sorted: Float64Array, mean: number, sd: number): number {
  const n = sorted.length
  let cubes = 0
  for (const bid of sorted) {
    const z = (bid - mean) / sd
    cubes += z * z * z
  }
  return (n / ((n - 1) * (n - 2))) * cubes
}

function kurtosis(sorted: Float64Array, mean: number, sd: number): number {
  const n = sorted.length
  let fourths = 0
  for (const bid of sorted) {
    const z = (bid - mean) / sd
    fourths += z * z * z * z
  }
  const tail = (n - 2) * (n - 3)
  return ((n * (n + 1)) / ((n - 1) * tail)) * fourths - (3 * (n - 1) * (n - 1)) / tail
}

/** Two-sided Kolmogorov–Smirnov distance of (b − b1)/(bn − b1) to U(0, 1). */
function distanceToUniform(sorted: Float64Array): number {
  const n = sorted.length
  const [lowest, range] = [sorted[0]!, sorted[n - 1]! - sorted[0]!]
  let distance = 0
  for (let at = 0; at < n; at++) {
    const x = (sorted[at]! - lowest) / range
    distance = Math.max(distance, (at + 1) / n - x, x - at / n)
  }
  return distance
}

/** The greatest distance of (b − b1)/(bn − b1) to the expected place i/(n + 1) of its rank. */
function distanceToRanks(sorted: Float64Array): number {
  const n = sorted.length
  const [lowest, range] = [sorted[0]!, sorted[n - 1]! - sorted[0]!]
  let distance = 0
  for (let at = 0; at < n; at++)
    distance = Math.max(distance, Math.abs((sorted[at]! - lowest) / range - (at + 1) / (n + 1)))
  return distance
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

function squaresAround(values: Float64Array, mean: number): number {
  let sum = 0
  for (const value of values) sum += (value - mean) * (value - mean)
  return sum
}
