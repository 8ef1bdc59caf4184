// The order of sealed bids: output descending, then solver and bid hash ascending (invariant O-14). It is total
// on bids that differ, so that every node ranks the same set in the same way, whatever order the bids came in.
import type { SealedBid } from './sealed-auction.ts'

/**
 * Negative when `a` ranks before `b`, zero only when the two are the same bid.
 *
 * Addresses and hashes are compared by code units, which for lower-case hex of one length is their numeric order.
 */
export function compareBids(a: SealedBid, b: SealedBid): number {
  if (a.outputAmount !== b.outputAmount) return a.outputAmount > b.outputAmount ? -1 : 1
  if (a.solver !== b.solver) return a.solver < b.solver ? -1 : 1
  if (a.bidHash !== b.bidHash) return a.bidHash < b.bidHash ? -1 : 1
  return 0
}

/** The feasible bids (output >= reserve), best first; the argument is left as it is. */
export function rankFeasible(bids: readonly SealedBid[], reserve: bigint): SealedBid[] {
  return bids.filter((bid) => bid.outputAmount >= reserve).sort(compareBids)
}
