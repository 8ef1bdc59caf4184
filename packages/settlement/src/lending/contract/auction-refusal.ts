// Why an auction refused, in the words of a receipt.
import type { RevertReason } from '@solvent/protocol'
import type { KickRefusal, TakeRefusal } from '../liquidation/clip-auction.ts'
import type { BidRefusal } from '../liquidation/flip-auction.ts'

type Refusal = BidRefusal | KickRefusal | TakeRefusal | 'not-finished' | 'bid-already-placed' | 'cannot-reset'

const reasons: Readonly<Record<Refusal, RevertReason>> = {
  'already-finished-tic': 'auction-finished',
  'already-finished-end': 'auction-finished',
  'bid-already-placed': 'auction-finished',
  'higher-than-tab': 'bid-too-high',
  'bid-not-higher': 'bid-too-low',
  'insufficient-increase': 'bid-too-low',
  'tend-not-finished': 'bid-too-low',
  'lot-not-lower': 'bid-too-low',
  'insufficient-decrease': 'bid-too-low',
  'not-finished': 'auction-running',
  'cannot-reset': 'auction-running',
  'needs-reset': 'auction-too-old',
  'too-expensive': 'price-too-high',
  'no-partial-purchase': 'no-partial-purchase',
  'zero-amount': 'zero-amount',
  'zero-tab': 'invalid-amount',
  'zero-lot': 'invalid-amount',
  'zero-top-price': 'no-price',
}

export function auctionRefusal(refusal: Refusal): RevertReason {
  return reasons[refusal]
}
