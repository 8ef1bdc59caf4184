// When auctions close: each by itself, those of a batch together and once.
import { type OrderId, secondsToMs } from '@solvent/primitives'
import { lastBidSecond } from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'

export type Closing =
  | { readonly kind: 'close'; readonly orderId: OrderId }
  | { readonly kind: 'close-batch'; readonly closesAt: number }

export class ClosingPlan {
  readonly #wakeAt: (atMs: number, due: Closing) => void
  readonly #batches = new Set<number>()

  constructor(wakeAt: (atMs: number, due: Closing) => void) {
    this.#wakeAt = wakeAt
  }

  plan(orderId: OrderId, award: AuctionedOrder['award']): void {
    // Bids count through the whole last second, so that the auction is decided when that second is over.
    const atMs = secondsToMs(lastBidSecond(award) + 1)
    const { closesAt } = award
    if (award.rule !== 'fair-combinatorial') this.#wakeAt(atMs, { kind: 'close', orderId })
    else if (!this.#batches.has(closesAt)) {
      this.#batches.add(closesAt)
      this.#wakeAt(atMs, { kind: 'close-batch', closesAt })
    }
  }

  batchClosed(closesAt: number): void {
    this.#batches.delete(closesAt)
  }
}
