// From an order and the bids that counted to the award: the auction's rule at the order's own terms (O-14).
import type { sealedAuction } from '@solvent/mechanisms'
import { type Address, type OrderId, ZERO_ADDRESS } from '@solvent/primitives'
import { type Award, bidDigest, type SignedBid } from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'

/** An award reveals at most this many bids; of more, the best. */
export const MAX_REVEALED_BIDS = 64

/**
 * The award that the order's rule gives; the same for the same bids in any order.
 *
 * @param auctioneer who awards it: whom the order names, or who takes over from it
 */
export function awardOf(
  { orderId, auctioneer }: { readonly orderId: OrderId; readonly auctioneer: Address },
  order: AuctionedOrder,
  bids: readonly SignedBid[],
  auctionOf: typeof sealedAuction,
  weightOf: (solver: Address) => number = () => 1_000_000,
): Award {
  const { rule, exclusiveUntil } = order.award
  const revealed = bids.map(({ bid }) => ({
    solver: bid.solver,
    outputAmount: bid.outputAmount,
    bidHash: bidDigest(bid),
  }))
  const { winner, outputAmount, ranking } = auctionOf(rule).close(revealed, order.output.minAmount, weightOf)
  return {
    orderId,
    auctioneer,
    winner: winner?.solver ?? ZERO_ADDRESS,
    outputAmount,
    exclusiveUntil,
    bids: ranking.slice(0, MAX_REVEALED_BIDS),
  }
}
