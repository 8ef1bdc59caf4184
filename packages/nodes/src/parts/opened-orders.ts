// Orders as their origin chains opened them, oldest first: what a false claim of a fill is chosen from.
import type { Hash32 } from '@solvent/primitives'
import type { BridgeMessage } from '@solvent/protocol'
import { type Block, type FalseFill, falseFillMessage, type OpenedOrder, suits } from '@solvent/protocol'

/** Orders remembered at most; the oldest go first. */
const MAX_ORDERS = 10_000

export class OpenedOrders {
  readonly #opened: { readonly block: Hash32; readonly order: OpenedOrder }[] = []

  onBlock({ header, hash, receipts }: Block): void {
    for (const { events } of receipts) {
      for (const event of events) {
        if (event.kind !== 'order-opened') continue
        const { orderId, order } = event
        this.#opened.push({ block: hash, order: { orderId, order, openedAt: header.timestamp } })
      }
    }
    if (this.#opened.length > MAX_ORDERS) this.#opened.splice(0, this.#opened.length - MAX_ORDERS)
  }

  /** A block is no longer followed: what it opened was not opened. */
  onOrphaned({ hash }: Block): void {
    for (let i = this.#opened.length - 1; i >= 0; i--) {
      if (this.#opened[i]!.block === hash) this.#opened.splice(i, 1)
    }
  }

  /** The lie about the first order that it can be told of; undefined while there is none. */
  lie(fill: FalseFill): BridgeMessage | undefined {
    const found = this.#opened.find(({ order }) => suits(fill, order))
    return found === undefined ? undefined : falseFillMessage(fill, found.order)
  }
}
