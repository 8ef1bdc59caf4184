// Orders that a solver has heard of, bounded, oldest forgotten first; and what came before its order: awards and openings.
import type { OrderId } from '@solvent/primitives'
import type { SignedAward, SignedOrder } from '@solvent/protocol'

const MAX_ORDERS = 20_000
const MAX_EARLY = 1_024

export class OrderPool {
  readonly #orders = new Map<OrderId, SignedOrder>()
  readonly #awards = new Map<OrderId, SignedAward>()
  readonly #opened = new Map<OrderId, number>()

  /** False when the order is known: two signatures of one digest are one order. */
  add(orderId: OrderId, signed: SignedOrder): boolean {
    if (this.#orders.has(orderId)) return false
    keepBounded(this.#orders, orderId, signed, MAX_ORDERS)
    return true
  }

  find(orderId: OrderId): SignedOrder | undefined {
    return this.#orders.get(orderId)
  }

  /** An award whose order is not known yet. */
  keepAward(signed: SignedAward): void {
    keepBounded(this.#awards, signed.award.orderId, signed, MAX_EARLY)
  }

  takeAward(orderId: OrderId): SignedAward | null {
    const signed = this.#awards.get(orderId) ?? null
    this.#awards.delete(orderId)
    return signed
  }

  /** The order is open since this block of its origin chain. */
  opened(orderId: OrderId, block: number): void {
    keepBounded(this.#opened, orderId, block, MAX_ORDERS)
  }

  openedIn(orderId: OrderId): number | null {
    return this.#opened.get(orderId) ?? null
  }
}

function keepBounded<K, V>(map: Map<K, V>, key: K, value: V, limit: number): void {
  map.set(key, value)
  if (map.size <= limit) return
  for (const oldest of map.keys()) {
    map.delete(oldest)
    return
  }
}
