// A bid that is sealed to a committee: what one of its members holds of it. Every member gets the same masked bid and a share of its own of
// the key; enough shares open it (mechanisms/threshold-seal.ts). What the solver signs binds it to the masked words, to the polynomial that
// shares must lie on (mechanisms/share-commitments.ts) and to the bid that must come out, so that whoever deals wrongly can be told.
import { type Hash32, hashCanonical } from '@solvent/primitives'
import type { SignedSealedBid } from './sealed-bid.ts'

/** What a solver deals to all members alike. */
export interface BidDealing {
  /** `bidCommitment` of the bid that must come out. */
  readonly opens: Hash32
  /** The amount and the signature of the bid, word by word, each masked with the key. */
  readonly masked: readonly bigint[]
  /** The polynomial of the shares in the exponent, a point for each of the shares that it takes: 66 hex digits. */
  readonly points: readonly string[]
}

export interface BidShare extends SignedSealedBid, BidDealing {
  /** Unix seconds; the member gives its share away only afterwards. */
  readonly opensAfter: number
  /** The member's share of the key. */
  readonly share: bigint
}

/** Words of a masked bid: the amount; r, s and v of the signature. */
export const MASKED_WORDS = 4
/** The largest committee. */
export const MAX_COMMITTEE = 16

/** What a solver commits to, in place of the bid alone, where a committee opens it. */
export function dealingCommitment({ opens, masked, points }: BidDealing): Hash32 {
  return hashCanonical(['dealt bid', opens, masked, points])
}
