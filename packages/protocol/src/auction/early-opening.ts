// One member's word that an auctioneer asked it for shares of bids before the auction was over. It is a testimony, not a proof: requests are not
// signed, so that it says no more than that its witness signs it.
import type { Address, OrderId } from '@solvent/primitives'
import type { Signature } from '../signature.ts'

export interface EarlyOpening {
  readonly orderId: OrderId
  /** Who asked. */
  readonly auctioneer: Address
  /** Whom it asked: a member of the committee. */
  readonly witness: Address
  /** Unix seconds: when it asked, and the last second of the bidding. */
  readonly askedAt: number
  readonly closesAt: number
}

export interface SignedEarlyOpening {
  readonly opening: EarlyOpening
  readonly signature: Signature
}

/** A member says nothing of a request that came no earlier than this before the end: its clock may be behind. */
export const EARLY_TOLERANCE_SECONDS = 2
