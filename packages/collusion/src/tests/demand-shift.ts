/**
 * What bidders would win if they all bid a little more or less, and which costs make their bids best replies.
 *
 * Source: S. Chassang, K. Kawai, J. Nakabayashi, J. Ortner, "Robust screens for noncompetitive bidding in procurement
 * auctions", Econometrica 90(1), 2022, 315-346; conventions of sylvaingchassang/missing_bids (MIT): bids over the
 * reserve, the most competitive alternative of the lowest bid is the second lowest, of the others the lowest or 1.
 */
import { type BidMatrix, bidsOf } from '../bids/bid-matrix.ts'

export interface DemandShift {
  readonly rhos: readonly number[]
  /** D(ρ): the share of bids that would win when multiplied by 1 + ρ; equal ones count half. */
  readonly D: readonly number[]
  readonly nbids: number
  /** Costs as a share of the bid that make bidding less unprofitable, at least; null when nothing follows. */
  readonly cost_lower_bound: number | null
  /** And that make bidding more unprofitable, at most; null when a higher bid would have cost nothing. */
  readonly cost_upper_bound: number | null
  /** Some higher bid wins as often: no cost makes these bids competitive. */
  readonly free_price_rise: boolean
  /** Whether one share between 1/1.5 and 1 of the bid fits both bounds. */
  readonly consistent_with_competition_markup_0_to_50pct: boolean
}

const RHOS = [-0.05, -0.02, -0.01, 0, 0.01, 0.02, 0.05] as const

/** Equal to the lowest bid, as numpy's isclose has it. */
const CLOSE_ABSOLUTE = 1e-8
const CLOSE_RELATIVE = 1e-5
const LARGEST_MARKUP = 0.5

/** Null without a tender of two bids and a known reserve. */
export function demandShiftOf(matrix: BidMatrix, rhos: readonly number[] = RHOS): DemandShift | null {
  const bids = competingBids(matrix)
  if (bids.length === 0) return null
  const D = rhos.map((rho) => demandAt(bids, rho))
  const standing = demandAt(bids, 0)
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  let free_price_rise = false
  for (const [at, rho] of rhos.entries()) {
    const demand = D[at]!
    if (rho < 0 && demand > standing)
      least = Math.max(least, ((1 + rho) * demand - standing) / (demand - standing))
    if (rho > 0 && demand >= standing) free_price_rise = true
    if (rho > 0 && demand < standing)
      most = Math.min(most, (standing - (1 + rho) * demand) / (standing - demand))
  }
  return {
    rhos,
    D,
    nbids: bids.length,
    cost_lower_bound: Number.isFinite(least) ? least : null,
    cost_upper_bound: free_price_rise || !Number.isFinite(most) ? null : most,
    free_price_rise,
    consistent_with_competition_markup_0_to_50pct:
      !free_price_rise && Math.max(least, 1 / (1 + LARGEST_MARKUP)) <= Math.min(most, 1),
  }
}

interface CompetingBid {
  readonly bid: number
  readonly alternative: number
}

function competingBids(matrix: BidMatrix): CompetingBid[] {
  return matrix.tenders.flatMap(({ reserve }, tender) => {
    const bids = [...bidsOf(matrix, tender)]
    if (reserve === null || bids.length < 2) return []
    const relative = bids.map((bid) => bid / reserve)
    const [lowest, second] = [...relative].sort((a, b) => a - b) as [number, number]
    return relative.map((bid) => ({
      bid,
      alternative:
        Math.abs(bid - lowest) <= CLOSE_ABSOLUTE + CLOSE_RELATIVE * Math.abs(lowest)
          ? second
          : Math.min(lowest, 1),
    }))
  })
}

function demandAt(bids: readonly CompetingBid[], rho: number): number {
  let won = 0
  for (const { bid, alternative } of bids) {
    const shifted = bid * (1 + rho)
    if (shifted < alternative) won += 1
    else if (shifted === alternative) won += 0.5
  }
  return won / bids.length
}
