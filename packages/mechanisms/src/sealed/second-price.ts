// Second-price sealed bid (Vickrey 1961; Krishna §2.2): the winner delivers the runner-up's offer, or the reserve
// when nobody else made a feasible one. Offering one's break-even output is weakly dominant.
import { maxBig } from '@solvent/primitives'
import { rankFeasible } from './bid-ranking.ts'
import type { SealedAuction, SealedBid, SealedOutcome } from './sealed-auction.ts'

/**
 * The highest feasible offer wins and owes the second highest, or the reserve when it is alone.
 *
 * @example secondPrice.close([{ solver: a, outputAmount: 101n, … }, { solver: b, outputAmount: 103n, … }], 100n).outputAmount // 101n
 */
export const secondPrice: SealedAuction = {
  rule: 'second-price',
  close(bids: readonly SealedBid[], reserve: bigint): SealedOutcome {
    const ranking = rankFeasible(bids, reserve)
    const winner = ranking[0] ?? null
    if (winner === null) return { winner, outputAmount: 0n, ranking }
    return { winner, outputAmount: maxBig(ranking[1]?.outputAmount ?? 0n, reserve), ranking }
  },
}
