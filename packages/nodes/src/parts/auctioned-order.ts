// An order whose winner an auctioneer chooses.
import type { Order } from '@solvent/protocol'

export type AuctionedOrder = Order & { readonly award: Extract<Order['award'], { by: 'auctioneer' }> }

/** Tells whether an order is auctioned. */
export function isAuctioned(order: Order): order is AuctionedOrder {
  return order.award.by === 'auctioneer'
}
