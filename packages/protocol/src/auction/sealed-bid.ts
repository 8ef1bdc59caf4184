// A bid that its auctioneer cannot read before the close: a commitment, sent by request, which the bid itself opens afterwards.

import type { Address } from '@solvent/primitives'
import { type Hash32, hashCanonical, type OrderId } from '@solvent/primitives'
import { bidDigest } from '../eip712/bid-digest.ts'
import type { Signature } from '../signature.ts'
import type { SignedBid } from './bid.ts'

export interface SealedBid {
  readonly orderId: OrderId
  readonly auctioneer: Address
  readonly solver: Address
  /** `bidCommitment` of the signed bid that will open it. */
  readonly commitment: Hash32
}

export interface SignedSealedBid {
  readonly sealed: SealedBid
  readonly signature: Signature
}

/**
 * A commitment to a signed bid. Binding, because its digest binds the amount; hiding, because nobody without the solver's key can make
 * the signature, which is the salt.
 */
export function bidCommitment({ bid, signature }: SignedBid): Hash32 {
  return hashCanonical(['sealed bid', bidDigest(bid), signature])
}
