// Open auctions on disk, so that a restarted auctioneer goes on where it was killed: orders and the bids that count.
import type { Store } from '@solvent/ports'
import { decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import type { SignedBid, SignedOrder, SignedSealedBid } from '@solvent/protocol'
import { signedOrderBytes } from '../parts/signed-order-bytes.ts'

const ORDERS = 'auction/order/'

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
  const bids = new OrderKeys(store, 'auction/bid/')
  const sealed = new OrderKeys(store, 'auction/sealed/')
  const read = <T>(key: string): T | undefined => {
    const bytes = store.get(key)
    return bytes === undefined ? undefined : (decodeCanonical(bytes) as unknown as T)
  }
  return {
    keepOrder: (orderId, signed) => void store.put(ORDERS + orderId, () => signedOrderBytes(signed)),
    keepBid: (signed) =>
      void store.put(bids.add(signed.bid.orderId, signed.bid.solver), () => encodeCanonical(signed)),
    keepSealedBid: (signed) =>
      void store.put(sealed.add(signed.sealed.orderId, signed.sealed.solver), () => encodeCanonical(signed)),
    forget(orderId) {
      for (const keys of [bids, sealed]) for (const key of keys.take(orderId)) store.delete(key)
      store.delete(ORDERS + orderId)
    },
    order: (orderId) => read<SignedOrder>(ORDERS + orderId),
    orders: () =>
      store.keys(ORDERS).flatMap((key) => {
        const signed = read<SignedOrder>(key)
        return signed === undefined ? [] : [{ orderId: key.slice(ORDERS.length) as OrderId, signed }]
      }),
    sealedBids: (orderId) => sealed.of(orderId).flatMap((key) => read<SignedSealedBid>(key) ?? []),
    bids: (orderId) => bids.of(orderId).flatMap((key) => read<SignedBid>(key) ?? []),
  }
}

/** Keys `PREFIX<order>/<solver>` by order: read from the store once, so that no order looks through what is kept of all others. */
class OrderKeys {
  readonly #store: Store
  readonly #prefix: string
  #byOrder: Map<string, Set<string>> | null = null

  constructor(store: Store, prefix: string) {
    this.#store = store
    this.#prefix = prefix
  }

  add(orderId: OrderId, solver: string): string {
    const key = `${this.#prefix}${orderId}/${solver}`
    this.#note(this.#known(), key)
    return key
  }

  /** In ascending order, as the store gives them. */
  of(orderId: OrderId): string[] {
    return [...(this.#known().get(orderId) ?? [])].sort((a, b) => (a < b ? -1 : 1))
  }

  /** As `of`, for the last time: they are about to be deleted. */
  take(orderId: OrderId): string[] {
    const keys = this.of(orderId)
    this.#known().delete(orderId)
    return keys
  }

  #known(): Map<string, Set<string>> {
    if (this.#byOrder === null) {
      this.#byOrder = new Map()
      for (const key of this.#store.keys(this.#prefix)) this.#note(this.#byOrder, key)
    }
    return this.#byOrder
  }

  #note(byOrder: Map<string, Set<string>>, key: string): void {
    const orderId = key.slice(this.#prefix.length, key.indexOf('/', this.#prefix.length))
    const keys = byOrder.get(orderId) ?? new Set()
    byOrder.set(orderId, keys.add(key))
  }
}
