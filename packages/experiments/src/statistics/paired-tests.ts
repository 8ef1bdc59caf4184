// Whether two policies differ, from their differences at the same replicates.
//
// Sources: Student, "The probable error of a mean", Biometrika 6, 1908; F. Wilcoxon, "Individual comparisons by ranking
// methods", Biometrics Bulletin 1(6), 1945. The signed-rank statistic has its exact distribution below 50 differences without ties
// or zeros, and otherwise the normal one with corrections for ties and continuity; zeros are left out, as in R's wilcox.test.
import { fAbove, normalTwoSided } from '@solvent/collusion'
import { midranks } from './rank-correlation.ts'

export interface PairedT {
  readonly t: number
  readonly freedom: number
  /** Two-sided. */
  readonly p: number
}

/** Null below two differences, and where all are the same. */
export function pairedT(differences: readonly number[]): PairedT | null {
  const n = differences.length
  if (n < 2) return null
  const mean = differences.reduce((sum, value) => sum + value, 0) / n
  const squares = differences.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  if (squares === 0) return null
  const t = mean / Math.sqrt(squares / (n - 1) / n)
  return { t, freedom: n - 1, p: fAbove(t * t, 1, n - 1) }
}

export interface SignedRank {
  /** The sum of the ranks of positive differences. */
  readonly v: number
  /** Differences that are not zero. */
  readonly n: number
  /** Two-sided. */
  readonly p: number
  readonly isExact: boolean
}

const MOST_EXACT = 49

/** Null where no difference is other than zero. */
export function signedRank(differences: readonly number[]): SignedRank | null {
  const kept = differences.filter((value) => value !== 0)
  const n = kept.length
  if (n === 0) return null
  const sizes = kept.map(Math.abs)
  const ranks = midranks(sizes)
  const v = kept.reduce((sum, value, at) => (value > 0 ? sum + ranks[at]! : sum), 0)
  const isExact = n === differences.length && n <= MOST_EXACT && new Set(sizes).size === n
  return { v, n, p: isExact ? exactP(v, n) : approximateP(v, n, sizes), isExact }
}

function exactP(v: number, n: number): number {
  const ways = new Float64Array((n * (n + 1)) / 2 + 1)
  ways[0] = 1
  for (let rank = 1; rank <= n; rank++)
    for (let sum = ways.length - 1; sum >= rank; sum--) ways[sum] = ways[sum]! + ways[sum - rank]!
  const smaller = Math.min(v, ways.length - 1 - v)
  let below = 0
  for (let sum = 0; sum <= smaller; sum++) below += ways[sum]!
  return Math.min(1, (2 * below) / 2 ** n)
}

function approximateP(v: number, n: number, sizes: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  let ties = 0
  for (const count of counts.values()) ties += count * count * count - count
  const away = v - (n * (n + 1)) / 4
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48)
  return sd === 0 ? 1 : normalTwoSided((away - Math.sign(away) * 0.5) / sd)
}
