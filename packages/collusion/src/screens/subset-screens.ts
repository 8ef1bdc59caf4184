/**
 * Screens of all subsets of k bids of a tender: a ring of some of the bidders shows in the subsets that are its own.
 *
 * Source: H. Wallimann, D. Imhof, M. Huber, "A machine learning approach for flagging incomplete bid-rigging cartels",
 * arXiv 2004.05629, section 3.
 */
import { meanOf, medianOf } from '../statistics/moments.ts'
import { SCREENS, type ScreenName, screensOf } from './tender-screens.ts'

export interface SubsetStatistics {
  readonly mean: number
  readonly median: number
  readonly min: number
  readonly max: number
}

export interface SubsetScreens {
  readonly k: number
  readonly subsets: number
  /** Null for a screen that is null in every subset. */
  readonly stats: Readonly<Record<ScreenName, SubsetStatistics | null>>
}

/** Subsets grow with the fourth power of the bids; a tender with more bids is not cut into subsets. */
const MOST_BIDS_OF_SUBSETS = 24

/** Null for a tender with fewer than `k` bids or more than 24. */
export function subsetScreensOf(bids: ArrayLike<number>, k: number): SubsetScreens | null {
  if (bids.length < k || bids.length > MOST_BIDS_OF_SUBSETS) return null
  const own = new Float64Array(k)
  const screens = knownSubsets(bids.length, k).map((subset) => {
    for (let at = 0; at < k; at++) own[at] = bids[subset[at]!]!
    return screensOf(own)
  })
  const stats = SCREENS.map((name) => [name, statisticsOf(screens.flatMap((one) => one[name] ?? []))])
  return { k, subsets: screens.length, stats: Object.fromEntries(stats) as SubsetScreens['stats'] }
}

function statisticsOf(values: readonly number[]): SubsetStatistics | null {
  if (values.length === 0) return null
  return {
    mean: meanOf(values),
    median: medianOf(values),
    min: Math.min(...values),
    max: Math.max(...values),
  }
}

const known = new Map<string, readonly (readonly number[])[]>()

/** Tenders of one market mostly have as many bids. */
function knownSubsets(n: number, k: number): readonly (readonly number[])[] {
  const key = `${n}/${k}`
  const made = known.get(key) ?? subsetsOf(n, k)
  known.set(key, made)
  return made
}

/** All k of the numbers below n, each in ascending order. */
export function subsetsOf(n: number, k: number): number[][] {
  if (k === 0) return [[]]
  const subsets: number[][] = []
  for (let last = k - 1; last < n; last++)
    for (const rest of subsetsOf(last, k - 1)) subsets.push([...rest, last])
  return subsets
}
