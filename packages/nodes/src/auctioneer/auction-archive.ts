// Open auctions on disk, so that a restarted auctioneer goes on where it was killed: orders and the bids that count.
import type { Store } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import type { SignedBid, SignedOrder } from '@solvent/protocol'
import { signedOrderBytes } from '../parts/signed-order-bytes.ts'

const ORDERS = 'auction/order/'
const BIDS = 'auction/bid/'

/** Keeps and forgets; what was kept comes back after a restart. */
export interface AuctionArchive {
  keepOrder(orderId: OrderId, signed: SignedOrder): void
  keepBid(signed: SignedBid): void
  /** Drops an order and the bids of these solvers. */
  forget(orderId: OrderId, bidders: readonly Address[]): void
  order(orderId: OrderId): SignedOrder | undefined
  orders(): { readonly orderId: OrderId; readonly signed: SignedOrder }[]
  bids(orderId: OrderId): SignedBid[]
}

/** The archive in a node's store. */
export function createAuctionArchive(store: Store): AuctionArchive {
  const read = <T>(key: string): T | undefined => {
    const bytes = store.get(key)
    return bytes === undefined ? undefined : (decodeCanonical(bytes) as unknown as T)
  }
  return {
    keepOrder: (orderId, signed) => void store.put(ORDERS + orderId, signedOrderBytes(signed)),
    keepBid: (signed) =>
      void store.put(`${BIDS}${signed.bid.orderId}/${signed.bid.solver}`, encodeCanonical(signed)),
    forget(orderId, bidders) {
      for (const solver of bidders) store.delete(`${BIDS}${orderId}/${solver}`)
      store.delete(ORDERS + orderId)
    },
    order: (orderId) => read<SignedOrder>(ORDERS + orderId),
    orders: () =>
      store.keys(ORDERS).flatMap((key) => {
        const signed = read<SignedOrder>(key)
        return signed === undefined ? [] : [{ orderId: key.slice(ORDERS.length) as OrderId, signed }]
      }),
    bids: (orderId) => store.keys(`${BIDS}${orderId}/`).flatMap((key) => read<SignedBid>(key) ?? []),
  }
}
