// The open auctions of an auctioneer: which orders wait for bids, and the one bid of each solver that counts.
import type { Address, OrderId } from '@solvent/primitives'
import { bidDigest, type RefusalReason, type Signature, type SignedBid } from '@solvent/protocol'
import type { AuctionedOrder } from './award-of.ts'

export interface Auction {
  readonly orderId: OrderId
  readonly order: AuctionedOrder
  readonly signature: Signature
  readonly bids: Map<Address, SignedBid>
}

export type BidAdmission =
  /** Counts from now on. */
  | { readonly status: 'counted' }
  /** The solver's bid, said once more: it counts already. */
  | { readonly status: 'repeated' }
  | { readonly status: 'refused'; readonly reason: RefusalReason }

/** Open auctions, by order. */
export class AuctionPool {
  readonly #auctions = new Map<OrderId, Auction>()

  get size(): number {
    return this.#auctions.size
  }

  find(orderId: OrderId): Auction | undefined {
    return this.#auctions.get(orderId)
  }

  open(orderId: OrderId, order: AuctionedOrder, signature: Signature): Auction {
    const auction: Auction = { orderId, order, signature, bids: new Map() }
    this.#auctions.set(orderId, auction)
    return auction
  }

  /** Takes the auction out, once. */
  close(orderId: OrderId): Auction | undefined {
    const auction = this.#auctions.get(orderId)
    this.#auctions.delete(orderId)
    return auction
  }

  all(): readonly Auction[] {
    return [...this.#auctions.values()]
  }
}

/**
 * Whether a bid counts. The first bid of a solver is final; it counts while now <= closesAt (Unix seconds).
 *
 * A second, different bid is refused as a duplicate: two signed bids of one solver for one order are evidence
 * against it, and taking the better one would let a solver probe.
 */
export function admitBid(auction: Auction, signed: SignedBid, nowSeconds: number): BidAdmission {
  const { bid } = signed
  const { order, bids } = auction
  const held = bids.get(bid.solver)
  if (held !== undefined) {
    const same = bidDigest(held.bid) === bidDigest(bid)
    return same ? { status: 'repeated' } : { status: 'refused', reason: 'duplicate' }
  }
  if (nowSeconds > order.award.closesAt) return { status: 'refused', reason: 'auction-closed' }
  if (bid.auctioneer !== order.award.auctioneer) return { status: 'refused', reason: 'not-my-order' }
  if (bid.outputAmount < order.output.minAmount) return { status: 'refused', reason: 'below-minimum' }
  bids.set(bid.solver, signed)
  return { status: 'counted' }
}
