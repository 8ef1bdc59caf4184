// Open auctions on disk, so that a restarted auctioneer goes on where it was killed: orders and the bids that count.
import type { Store } from '@solvent/ports'
import { decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import type { SignedBid, SignedOrder, SignedSealedBid } from '@solvent/protocol'
import { signedOrderBytes } from '../parts/signed-order-bytes.ts'

const ORDERS = 'auction/order/'
const BIDS = 'auction/bid/'
const SEALED = 'auction/sealed/'

/** Keeps and forgets; what was kept comes back after a restart. */
export interface AuctionArchive {
  keepOrder(orderId: OrderId, signed: SignedOrder): void
  keepBid(signed: SignedBid): void
  keepSealedBid(signed: SignedSealedBid): void
  /** Drops an order and all that was kept of its bids. */
  forget(orderId: OrderId): void
  order(orderId: OrderId): SignedOrder | undefined
  orders(): { readonly orderId: OrderId; readonly signed: SignedOrder }[]
  bids(orderId: OrderId): SignedBid[]
  sealedBids(orderId: OrderId): SignedSealedBid[]
}

/** The archive in a node's store. */
export function createAuctionArchive(store: Store): AuctionArchive {
  const read = <T>(key: string): T | undefined => {
    const bytes = store.get(key)
    return bytes === undefined ? undefined : (decodeCanonical(bytes) as unknown as T)
  }
  return {
    keepOrder: (orderId, signed) => void store.put(ORDERS + orderId, () => signedOrderBytes(signed)),
    keepBid: (signed) =>
      void store.put(`${BIDS}${signed.bid.orderId}/${signed.bid.solver}`, () => encodeCanonical(signed)),
    keepSealedBid: (signed) =>
      void store.put(`${SEALED}${signed.sealed.orderId}/${signed.sealed.solver}`, () =>
        encodeCanonical(signed),
      ),
    forget(orderId) {
      for (const kind of [BIDS, SEALED]) for (const key of store.keys(`${kind}${orderId}/`)) store.delete(key)
      store.delete(ORDERS + orderId)
    },
    order: (orderId) => read<SignedOrder>(ORDERS + orderId),
    orders: () =>
      store.keys(ORDERS).flatMap((key) => {
        const signed = read<SignedOrder>(key)
        return signed === undefined ? [] : [{ orderId: key.slice(ORDERS.length) as OrderId, signed }]
      }),
    sealedBids: (orderId) =>
      store.keys(`${SEALED}${orderId}/`).flatMap((key) => read<SignedSealedBid>(key) ?? []),
    bids: (orderId) => store.keys(`${BIDS}${orderId}/`).flatMap((key) => read<SignedBid>(key) ?? []),
  }
}
