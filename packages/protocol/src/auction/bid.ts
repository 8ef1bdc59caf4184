// A sealed bid: sent by request to the auctioneer that the order names, never by gossip.
import type { Address, Hash32, OrderId } from '@solvent/primitives'
import type { Signature } from '../signature.ts'

export interface Bid {
  readonly orderId: OrderId
  readonly auctioneer: Address
  readonly solver: Address
  /** Base units of the output token that the solver offers to deliver. */
  readonly outputAmount: bigint
}

export interface SignedBid {
  readonly bid: Bid
  readonly signature: Signature
}

/** A bid as revealed after the auction has closed. */
export interface RevealedBid {
  readonly solver: Address
  readonly outputAmount: bigint
  /** EIP-712 digest of the bid; breaks ties after (outputAmount, solver). */
  readonly bidHash: Hash32
}
