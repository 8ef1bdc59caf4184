// The sealed auctions that an order may name, by the name it uses.
import { firstPrice } from './first-price.ts'
import type { SealedAuction } from './sealed-auction.ts'
import { secondPrice } from './second-price.ts'

/**
 * The auction behind a rule's name.
 *
 * @example sealedAuction('second-price') === secondPrice // true
 */
export function sealedAuction(rule: SealedAuction['rule']): SealedAuction {
  return rule === 'first-price' ? firstPrice : secondPrice
}
