// From the fill to the money: receivables follow the blocks and attestations, and a proven one is claimed.

import type { OrderId } from '@solvent/primitives'
import type { ChainEvent, Receipt, SignedAttestation } from '@solvent/protocol'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { SolverBooks } from './solver-books.ts'

/** A re-org can put a claim before its proof, where it reverts: how often one is sent at most. */
const MAX_CLAIMS = 8

type Outcome = Extract<ChainEvent, { kind: 'fill-proven' | 'order-claimed' | 'order-refunded' }>

export class Claimer {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  /** Orders that are proven for us on the branch that is followed, and not ended there. */
  readonly #proven = new Set<OrderId>()

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
        if (event.payee === self) {
          this.#proven.add(orderId)
          this.#claim(engagement)
        }
        break
      case 'order-claimed':
        this.#proven.delete(orderId)
        if (receivables.advance(orderId, 'claimed')) this.#desk.end(engagement, 'filled', atSeconds)
        break
      case 'order-refunded':
        this.#proven.delete(orderId)
        // The user has both the output and its input back: what we delivered is lost.
        if (receivables.advance(orderId, 'stranded')) this.#desk.end(engagement, 'filled', atSeconds)
        else if (engagement.stage !== 'filled') this.#desk.end(engagement, 'failed', atSeconds)
    }
  }

  /** The block of the proof is followed no more. */
  onUnproven(orderId: OrderId): void {
    this.#proven.delete(orderId)
  }

  onIncluded(orderId: OrderId, receipt: Receipt): void {
    if (receipt.status === 'ok') return
    this.#books.ports.log.text('warn', `the claim of order ${orderId} reverted: ${receipt.reason}`)
    const engagement = this.#desk.find(orderId)
    // It came before the proof in the block of both; where the proof is still to come, the claim follows it.
    if (receipt.reason === 'not-proven' && engagement !== undefined && this.#proven.has(orderId))
      this.#claim(engagement)
  }

  #claim({ orderId, signed }: Engagement): void {
    for (let attempt = 0; attempt < MAX_CLAIMS; attempt++) {
      const ref = attempt === 0 ? `claim/${orderId}` : `claim/${orderId}/${attempt}`
      const outcome = this.#books.send({
        chainId: signed.order.originChainId,
        ref,
        call: { kind: 'claim', orderId },
      })
      if (outcome !== 'reverted') return
    }
  }
}
