/**
 * The distance of each bid to the lowest of its rivals, over the reserve. Near zero there should be as many as beside
 * it: a hole means that nobody dared come close to the designated winner.
 *
 * Source: S. Chassang, K. Kawai, J. Nakabayashi, J. Ortner (Econometrica 2022, see demand-shift.ts), section 2.
 */
import { type BidMatrix, bidsOf } from '../bids/bid-matrix.ts'

export interface MissingBids {
  readonly n: number
  readonly bin_left: readonly number[]
  readonly counts: readonly number[]
  readonly within: number
  /** Of the distances below `within` either way. */
  readonly share_within: number
}

export interface MissingBidsBins {
  /** Bins reach this far to both sides. */
  readonly reach: number
  readonly bins: number
  readonly within: number
}

const BINS: MissingBidsBins = { reach: 0.105, bins: 21, within: 0.005 }

/** Null without a tender of two bids and a known reserve. */
export function missingBidsOf(matrix: BidMatrix, bins: MissingBidsBins = BINS): MissingBids | null {
  const distances = distancesToRivals(matrix)
  if (distances.length === 0) return null
  const edges = Array.from(
    { length: bins.bins + 1 },
    (_, at) => -bins.reach + at * ((2 * bins.reach) / bins.bins),
  )
  const counts = new Array<number>(bins.bins).fill(0)
  for (const distance of distances) {
    if (distance < edges[0]! || distance > bins.reach) continue
    // The last bin includes its right edge.
    const above = edges.findIndex((edge) => edge > distance)
    counts[above === -1 ? bins.bins - 1 : above - 1]!++
  }
  return {
    n: distances.length,
    bin_left: edges.slice(0, -1),
    counts,
    within: bins.within,
    share_within: shareWithin(distances, bins.within),
  }
}

/** The share of distances d with |d| < `within`. */
export function shareWithin(distances: readonly number[], within: number): number {
  return distances.filter((distance) => Math.abs(distance) < within).length / distances.length
}

/** (b_i − lowest rival's) / reserve for each bid of each tender with at least two. */
export function distancesToRivals(matrix: BidMatrix): number[] {
  return matrix.tenders.flatMap(({ reserve }, tender) => {
    const bids = [...bidsOf(matrix, tender)]
    if (reserve === null || bids.length < 2) return []
    const [lowest, second] = [...bids].sort((a, b) => a - b) as [number, number]
    const first = bids.indexOf(lowest)
    return bids.map((bid, at) => (bid - (at === first ? second : lowest)) / reserve)
  })
}
