// Bids that came before their order: gossip and requests take different ways. They wait a little, then are answered.
import type { ReplyToken } from '@solvent/ports'
import type { OrderId } from '@solvent/primitives'
import type { SignedBid } from '@solvent/protocol'

export interface EarlyBid {
  readonly signed: SignedBid
  readonly replyTo: ReplyToken
}

/** All orders together; more are turned away at once. */
const MAX_WAITING = 1_024

/** A bounded waiting room, by order. */
export class EarlyBids {
  readonly #waiting = new Map<OrderId, EarlyBid[]>()
  #count = 0

  /** False when the room is full. `isFirst` tells that nobody waited for this order. */
  add(bid: EarlyBid): { readonly kept: boolean; readonly isFirst: boolean } {
    if (this.#count >= MAX_WAITING) return { kept: false, isFirst: false }
    const { orderId } = bid.signed.bid
    const waiting = this.#waiting.get(orderId)
    if (waiting === undefined) this.#waiting.set(orderId, [bid])
    else waiting.push(bid)
    this.#count += 1
    return { kept: true, isFirst: waiting === undefined }
  }

  /** Takes out whoever waits for an order, in order of arrival. */
  take(orderId: OrderId): readonly EarlyBid[] {
    const waiting = this.#waiting.get(orderId) ?? []
    this.#waiting.delete(orderId)
    this.#count -= waiting.length
    return waiting
  }
}
