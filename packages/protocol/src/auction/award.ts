// The outcome of an auction, signed by the auctioneer and gossiped. It reveals the bids, so that anyone can
// check that the winner was the best feasible one.
import type { Address, OrderId } from '@solvent/primitives'
import type { Signature } from '../signature.ts'
import type { RevealedBid } from './bid.ts'

export interface Award {
  readonly orderId: OrderId
  readonly auctioneer: Address
  /** The zero address when no feasible bid came. */
  readonly winner: Address
  /** What the winner must deliver: its own bid (first price) or the runner-up's (second price); 0 without a winner. */
  readonly outputAmount: bigint
  /** The winner alone may open and fill while now <= exclusiveUntil (Unix seconds). */
  readonly exclusiveUntil: number
  /** All bids that counted, best first (outputAmount descending, then solver, then bidHash); at most 64. */
  readonly bids: readonly RevealedBid[]
}

export interface SignedAward {
  readonly award: Award
  readonly signature: Signature
}
