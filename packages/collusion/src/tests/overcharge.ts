/**
 * What the buyer paid beyond competition at the same costs: the counterfactual is the symmetric first-price equilibrium
 * of all n bidders with uniform costs, in which the cheapest wins at c + (reserve − c)/n (reference for auctions:
 * V. Krishna, Auction Theory, 2nd ed., section 2.3).
 */
import { type BidMatrix, isPresent, lowestOf, rowOf, winnersOf } from '../bids/bid-matrix.ts'

export interface Overcharge {
  readonly tenders: number
  readonly mean_overcharge_pct_base: number
  readonly total_user_loss: number
  /** The winner's cost beyond the lowest one. */
  readonly mean_inefficiency_pct_base: number
  readonly total_inefficiency: number
  readonly solver_rent_total: number
  readonly competitive_rent_total: number
}

/** Null without a tender whose base, reserve and all costs are known and which somebody won. */
export function overchargeOf(matrix: BidMatrix): Overcharge | null {
  const { costs } = matrix
  if (costs === null) return null
  const winners = winnersOf(matrix)
  let tenders = 0
  let [loss, lossShare, waste, wasteShare, rent, fairRent] = [0, 0, 0, 0, 0, 0]
  for (const [at, { base, reserve }] of matrix.tenders.entries()) {
    const own = rowOf(matrix, costs, at)
    const winner = winners[at]!
    if (base === null || reserve === null || winner < 0 || !own.every(isPresent)) continue
    const price = rowOf(matrix, matrix.bids, at)[winner]!
    const cheapest = own[lowestOf(own)]!
    const fair = cheapest + (reserve - cheapest) / own.length
    tenders++
    loss += price - fair
    lossShare += (price - fair) / base
    waste += own[winner]! - cheapest
    wasteShare += (own[winner]! - cheapest) / base
    rent += price - own[winner]!
    fairRent += fair - cheapest
  }
  if (tenders === 0) return null
  return {
    tenders,
    mean_overcharge_pct_base: (100 * lossShare) / tenders,
    total_user_loss: loss,
    mean_inefficiency_pct_base: (100 * wasteShare) / tenders,
    total_inefficiency: waste,
    solver_rent_total: rent,
    competitive_rent_total: fairRent,
  }
}
