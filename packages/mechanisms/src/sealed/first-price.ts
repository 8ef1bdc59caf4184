// First-price sealed bid: the winner delivers what it offered (Krishna §2.3; CoW and RFQ desks in their simplest form).
import { rankFeasible } from './bid-ranking.ts'
import type { SealedAuction, SealedBid, SealedOutcome } from './sealed-auction.ts'

/**
 * The highest feasible offer wins and is what the winner owes.
 *
 * @example firstPrice.close([{ solver: a, outputAmount: 101n, … }, { solver: b, outputAmount: 103n, … }], 100n).outputAmount // 103n
 */
export const firstPrice: SealedAuction = {
  rule: 'first-price',
  close(bids: readonly SealedBid[], reserve: bigint): SealedOutcome {
    const ranking = rankFeasible(bids, reserve)
    const winner = ranking[0] ?? null
    return { winner, outputAmount: winner === null ? 0n : winner.outputAmount, ranking }
  },
}
