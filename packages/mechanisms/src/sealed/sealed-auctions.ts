// The sealed auctions that an order may name, by the name it uses.
import type { AuctionRule } from '@solvent/protocol/pricing'
import { firstPrice } from './first-price.ts'
import { selectByReputation } from './reputation.ts'
import type { SealedAuction } from './sealed-auction.ts'
import { secondPrice } from './second-price.ts'

/**
 * The auction behind a rule's name. A quote, and a bid that was encrypted until the close, are owed as they were said; of a batch this is the ranking of what was
 * offered for one of its orders, and the batch decides.
 *
 * @example sealedAuction('second-price') === secondPrice // true
 */
export function sealedAuction(rule: AuctionRule): SealedAuction {
  return AUCTIONS[rule]
}

const AUCTIONS: Readonly<Record<AuctionRule, SealedAuction>> = {
  'first-price': firstPrice,
  'second-price': secondPrice,
  'request-for-quote': firstPrice,
  'sealed-encrypted': firstPrice,
  'fair-combinatorial': firstPrice,
  reputation: selectByReputation,
}
