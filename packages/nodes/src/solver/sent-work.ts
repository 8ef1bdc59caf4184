// What becomes of a solver's transactions: each is told to the desk whose work it is, which the beginning of its ref says.
import type { OrderId } from '@solvent/primitives'
import type { Inclusion } from '../parts/pending-transaction.ts'
import { BOND, type BondPost } from './bond-post.ts'
import type { Claimer } from './claimer.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { Filler } from './filler.ts'
import type { Opener } from './opener.ts'
import { PROTOCOL_FEE, payProtocolFee } from './protocol-fee.ts'
import type { Rebalancer } from './rebalancer.ts'
import { SIDE_PAYMENT } from './side-payments.ts'
import type { SolverBooks } from './solver-books.ts'
import type { Restocker } from './sourcing/restocker.ts'

export interface Desks {
  readonly books: SolverBooks
  readonly desk: EngagementDesk
  readonly opener: Opener
  readonly filler: Filler
  readonly claimer: Claimer
  readonly rebalancer: Rebalancer
  readonly restocker: Restocker
  readonly bond: BondPost
}

export class SentWork {
  readonly #desks: Desks

  constructor(desks: Desks) {
    this.#desks = desks
  }

  included({ ref, receipt }: Inclusion): void {
    const { books, desk, opener, filler, claimer, restocker, rebalancer, bond } = this.#desks
    const [kind, id] = ref.split('/') as [string, OrderId]
    if (kind === 'open') opener.onIncluded(id, receipt)
    else if (kind === 'fill') {
      filler.onIncluded(id, receipt)
      const engagement = receipt.status === 'ok' ? desk.find(id) : undefined
      if (engagement !== undefined) payProtocolFee(books, engagement)
    } else if (kind === 'claim') claimer.onIncluded(id, receipt)
    else if (kind === BOND) bond.onIncluded(id, receipt)
    else if (!isPayment(kind) && !restocker.onIncluded(ref, receipt)) rebalancer.onIncluded(ref, receipt)
  }

  /** A producer has promised it. */
  promised(ref: string): void {
    const [kind, id] = ref.split('/') as [string, OrderId]
    const engagement = kind === 'open' ? this.#desks.desk.find(id) : undefined
    if (engagement !== undefined) this.#desks.filler.onPromised(engagement)
  }

  abandoned(ref: string): void {
    const { opener, filler, restocker, rebalancer } = this.#desks
    const [kind, id] = ref.split('/') as [string, OrderId]
    if (kind === 'open') opener.onAbandoned(id)
    else if (kind === 'fill') filler.onAbandoned(id)
    else if (!isPayment(kind) && !restocker.onAbandoned(ref)) rebalancer.onAbandoned(ref)
  }
}

/** Money that nobody waits for. */
function isPayment(kind: string): boolean {
  return kind === SIDE_PAYMENT || kind === PROTOCOL_FEE || kind === BOND
}
