// Selection by reputation: the surplus that a bid offers above the reserve counts as far as its solver's record lets one expect it, and the highest
// such score wins at its own bid. LI.FI selects by reliability and fill record through `exclusiveFor` (its formula is not published); with
// a weight of 1 the score is the expected surplus. Weights are parts per million of the surplus.
import { rankFeasible } from './bid-ranking.ts'
import type { SealedAuction, SealedBid, SealedOutcome, WeightOf } from './sealed-auction.ts'

const MILLION = 1_000_000

/** What counts of a surplus: all of it for a perfect record, and less the more the record matters. @example recordWeight(900_000, 500_000) // 950000 */
export function recordWeight(reliabilityPpm: number, recordPpm: number): number {
  return MILLION - Math.floor((recordPpm * (MILLION - reliabilityPpm)) / MILLION)
}

/** Above zero when `a` scores higher. */
export function compareScores(
  a: { readonly amount: bigint; readonly weightPpm: number },
  b: { readonly amount: bigint; readonly weightPpm: number },
  reserve: bigint,
): number {
  const [one, other] = [a, b].map(({ amount, weightPpm }) => (amount - reserve) * BigInt(weightPpm))
  return one === other ? 0 : (one as bigint) > (other as bigint) ? 1 : -1
}

/**
 * The feasible bid with the highest weighted surplus wins and owes what it said; without weights it is the highest.
 *
 * @example selectByReputation.close([{ solver: a, outputAmount: 110n, … }, { solver: b, outputAmount: 109n, … }], 100n, (each) => (each === a ? 500_000 : 1_000_000)).winner?.solver // b
 */
export const selectByReputation: SealedAuction = {
  rule: 'reputation',
  close(bids: readonly SealedBid[], reserve: bigint, weightOf: WeightOf = () => MILLION): SealedOutcome {
    const ranking = rankFeasible(bids, reserve)
    let winner: SealedBid | null = null
    const scored = ({ solver, outputAmount }: SealedBid) => ({
      amount: outputAmount,
      weightPpm: weightOf(solver),
    })
    // Ranked already: of equal scores the first stays.
    for (const bid of ranking)
      if (winner === null || compareScores(scored(bid), scored(winner), reserve) > 0) winner = bid
    return { winner, outputAmount: winner?.outputAmount ?? 0n, ranking }
  },
}
