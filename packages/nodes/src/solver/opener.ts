// Opening: the winner of an auction pulls the user's input into escrow, on the user's signature and the award. Orders
// without an auction are opened by their user.
import type { OrderId } from '@solvent/primitives'
import type { Receipt } from '@solvent/protocol'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { SolverBooks } from './solver-books.ts'

export class Opener {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk

  constructor(books: SolverBooks, desk: EngagementDesk) {
    this.#books = books
    this.#desk = desk
  }

  /** Opens what an auction gave us. */
  open({ orderId, signed, award }: Engagement): void {
    const { order, signature } = signed
    this.#books.send({
      chainId: order.originChainId,
      ref: `open/${orderId}`,
      call: { kind: 'open', order, signature, award },
      deadlineMs: (order.openDeadline + 1) * 1_000,
    })
  }

  /** Our transaction is in a block; what it did is told by the block's events. */
  onIncluded(orderId: OrderId, receipt: Receipt): void {
    const engagement = this.#desk.find(orderId)
    if (receipt.status === 'ok' || receipt.reason === 'already-open' || engagement?.stage !== 'opening')
      return
    this.#desk.end(engagement, 'failed')
  }

  /** No producer took it in time. */
  onAbandoned(orderId: OrderId): void {
    const engagement = this.#desk.find(orderId)
    if (engagement?.stage === 'opening') this.#desk.end(engagement, 'expired')
  }
}
