// The sealed auctions that an order may name, by the name it uses.
import { firstPrice } from './first-price.ts'
import type { SealedAuction } from './sealed-auction.ts'
import { secondPrice } from './second-price.ts'

/**
 * The auction behind a rule's name. A quote, and a bid that was encrypted until the close, are owed as they were said; of a batch this is the ranking of what was
 * offered for one of its orders, and the batch decides.
 *
 * @example sealedAuction('second-price') === secondPrice // true
 */
export function sealedAuction(
  rule: SealedAuction['rule'] | 'request-for-quote' | 'sealed-encrypted' | 'fair-combinatorial',
): SealedAuction {
  return rule === 'second-price' ? secondPrice : firstPrice
}
