// Sealed-bid auctions of an order among solvers: one round, bids unseen by rivals, the highest output wins.
// Krishna, Auction Theory (2nd ed.), §2.1, with the sides swapped: solvers sell, the user buys, and a bid is
// the output a solver offers to deliver for the fixed input. Amounts are base units of the output token.
import type { Address, Hash32 } from '@solvent/primitives'
import type { AuctionRule } from '@solvent/protocol/pricing'

/** One solver's offer. `bidHash` only breaks ties, so that the order of bids is total. */
export interface SealedBid {
  readonly solver: Address
  readonly outputAmount: bigint
  readonly bidHash: Hash32
}

/** What a closed auction decides. */
export interface SealedOutcome {
  readonly winner: SealedBid | null
  /** What the winner must deliver; at least the reserve and at most its bid. 0 without a winner. */
  readonly outputAmount: bigint
  /** Every feasible bid, best first. */
  readonly ranking: readonly SealedBid[]
}

/** How much of what a solver offers above the reserve counts, parts per million. */
export type WeightOf = (solver: Address) => number

/** A pricing rule for sealed bids. */
export interface SealedAuction {
  readonly rule: AuctionRule
  /**
   * Decides an auction; the order in which the bids are given does not matter.
   *
   * @param bids any number, at most one a solver is expected
   * @param reserve the least output that the user accepts; lower bids are infeasible and left out
   * @param weightOf read by selection by reputation alone; absent: all of every offer counts
   */
  close(bids: readonly SealedBid[], reserve: bigint, weightOf?: WeightOf): SealedOutcome
}
