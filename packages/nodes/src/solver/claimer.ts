// From the fill to the money: receivables follow the blocks and attestations, and a proven one is claimed.

import type { OrderId } from '@solvent/primitives'
import type { ChainEvent, Receipt, SignedAttestation } from '@solvent/protocol'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { SolverBooks } from './solver-books.ts'

type Outcome = Extract<ChainEvent, { kind: 'fill-proven' | 'order-claimed' | 'order-refunded' }>

export class Claimer {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk

  constructor(books: SolverBooks, desk: EngagementDesk) {
    this.#books = books
    this.#desk = desk
  }

  onAttestation(signed: SignedAttestation): void {
    const { receivables, facts } = this.#books
    if (!receivables.attest(signed, facts) || signed.message.payload.kind !== 'fill-proof') return
    const engagement = this.#desk.find(signed.message.payload.orderId)
    if (engagement !== undefined) this.#desk.moved(engagement, 'attested')
  }

  /** What the origin chain says of an order of ours. */
  onEvent(engagement: Engagement, event: Outcome, atSeconds: number): void {
    const { receivables, self } = this.#books
    const { orderId } = engagement
    switch (event.kind) {
      case 'fill-proven':
        if (event.payee === self && receivables.advance(orderId, 'proven'))
          this.#desk.moved(engagement, 'proven')
        if (event.payee === self) this.#claim(engagement)
        break
      case 'order-claimed':
        if (receivables.advance(orderId, 'claimed')) this.#desk.end(engagement, 'filled', atSeconds)
        break
      case 'order-refunded':
        // The user has both the output and its input back: what we delivered is lost.
        if (receivables.advance(orderId, 'stranded')) this.#desk.end(engagement, 'filled', atSeconds)
        else if (engagement.stage !== 'filled') this.#desk.end(engagement, 'failed', atSeconds)
    }
  }

  onIncluded(orderId: OrderId, receipt: Receipt): void {
    if (receipt.status === 'ok') return
    this.#books.ports.log.text('warn', `the claim of order ${orderId} reverted: ${receipt.reason}`)
  }

  #claim({ orderId, signed }: Engagement): void {
    this.#books.send({
      chainId: signed.order.originChainId,
      ref: `claim/${orderId}`,
      call: { kind: 'claim', orderId },
    })
  }
}
