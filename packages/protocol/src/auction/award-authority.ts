// Who may award an order, and from when on. The auctioneer that it names, always; where a committee opens its bids, another member as well if that
// one has not: each in its turn, in the committee's order from the one that is named on. Unix seconds.
import type { Address } from '@solvent/primitives'
import type { NetworkSpec } from '../network/network-spec.ts'
import { lastBidSecond } from '../order/auction-rule.ts'
import type { Order } from '../order/order.ts'

/** How long each member waits for the award of those before it. */
export const TAKEOVER_SECONDS = 10

/**
 * From when on chains take the award of an auctioneer.
 *
 * @returns 0 for the one that the order names, null for one that may never award it
 */
export function awardsFrom(
  { auctioneers, sealCommittee }: Pick<NetworkSpec, 'auctioneers' | 'sealCommittee'>,
  award: Order['award'],
  auctioneer: Address,
): number | null {
  if (award.by !== 'auctioneer') return null
  if (auctioneer === award.auctioneer) return 0
  if (sealCommittee === undefined || award.rule !== 'sealed-encrypted') return null
  const places = sealCommittee.members.map(
    (member) => auctioneers.find(({ node }) => node === member)?.address,
  )
  const [named, own] = [places.indexOf(award.auctioneer), places.indexOf(auctioneer)]
  if (named < 0 || own < 0) return null
  const turn = (own - named + places.length) % places.length
  return lastBidSecond(award) + turn * TAKEOVER_SECONDS
}
