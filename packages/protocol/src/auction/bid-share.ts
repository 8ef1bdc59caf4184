// A bid that is sealed to a committee: what one of its members holds of it. Every member gets the same masked bid and a share of its own of
// the key; enough shares open it (mechanisms/threshold-seal.ts). The commitment, which the solver signs, says what must come out.
import type { SignedSealedBid } from './sealed-bid.ts'

export interface BidShare extends SignedSealedBid {
  /** Unix seconds; the member gives its share away only afterwards. */
  readonly opensAfter: number
  /** The amount and the signature of the bid, word by word, each masked with the key. */
  readonly masked: readonly bigint[]
  /** The member's share of the key. */
  readonly share: bigint
}

/** Words of a masked bid: the amount; r, s and v of the signature. */
export const MASKED_WORDS = 4
