// The open auctions of an auctioneer: which orders wait for bids, and the one bid of each solver that counts.
import type { Address, OrderId } from '@solvent/primitives'
import {
  bidCommitment,
  bidDigest,
  lastBidSecond,
  type RefusalReason,
  type Signature,
  type SignedBid,
  type SignedSealedBid,
} from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'

export interface Auction {
  readonly orderId: OrderId
  readonly order: AuctionedOrder
  readonly signature: Signature
  readonly bids: Map<Address, SignedBid>
  /** What solvers have committed to where bids stay closed until the end. */
  readonly sealed: Map<Address, SignedSealedBid>
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
    const auction: Auction = { orderId, order, signature, bids: new Map(), sealed: new Map() }
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
 * Whether a bid counts. The first bid of a solver is final; it counts while now <= closesAt (Unix seconds). Of a sealed-encrypted
 * auction it counts only afterwards, and only if its solver had committed to it.
 *
 * A second, different bid is refused as a duplicate: two signed bids of one solver for one order are evidence
 * against it, and taking the better one would let a solver probe.
 */
export function admitBid(auction: Auction, signed: SignedBid, nowSeconds: number): BidAdmission {
  const { bid } = signed
  const { order, bids, sealed } = auction
  const held = bids.get(bid.solver)
  if (held !== undefined) {
    const same = bidDigest(held.bid) === bidDigest(bid)
    return same ? { status: 'repeated' } : { status: 'refused', reason: 'duplicate' }
  }
  if (nowSeconds > lastBidSecond(order.award)) return { status: 'refused', reason: 'auction-closed' }
  if (order.award.rule === 'fair-combinatorial') return { status: 'refused', reason: 'not-my-order' }
  if (order.award.rule === 'sealed-encrypted') {
    if (nowSeconds <= order.award.closesAt) return { status: 'refused', reason: 'unavailable' }
    if (sealed.get(bid.solver)?.sealed.commitment !== bidCommitment(signed))
      return { status: 'refused', reason: 'not-committed' }
  }
  return admitTerms(auction, signed)
}

/** Whether a bid counts that a committee has opened, when it may: what came out is what its solver has committed to. */
export function admitOpenedBid(auction: Auction, signed: SignedBid): BidAdmission {
  return auction.bids.has(signed.bid.solver) ? { status: 'repeated' } : admitTerms(auction, signed)
}

function admitTerms({ order, bids }: Auction, signed: SignedBid): BidAdmission {
  const { bid } = signed
  if (bid.auctioneer !== order.award.auctioneer) return { status: 'refused', reason: 'not-my-order' }
  if (bid.outputAmount < order.output.minAmount) return { status: 'refused', reason: 'below-minimum' }
  bids.set(bid.solver, signed)
  return { status: 'counted' }
}

/** Whether a commitment counts: the first of a solver, while bids are taken. */
export function admitSealedBid(auction: Auction, signed: SignedSealedBid, nowSeconds: number): BidAdmission {
  const { commitment, solver, auctioneer } = signed.sealed
  const { order, sealed } = auction
  const held = sealed.get(solver)
  if (held !== undefined)
    return held.sealed.commitment === commitment
      ? { status: 'repeated' }
      : { status: 'refused', reason: 'duplicate' }
  if (order.award.rule !== 'sealed-encrypted' || auctioneer !== order.award.auctioneer)
    return { status: 'refused', reason: 'not-my-order' }
  if (nowSeconds > order.award.closesAt) return { status: 'refused', reason: 'auction-closed' }
  sealed.set(solver, signed)
  return { status: 'counted' }
}
