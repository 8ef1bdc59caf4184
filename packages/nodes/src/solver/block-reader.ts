// What blocks of a followed branch do to the solver: balances move, bridges are watched, and its orders open, are filled,
// proven, paid or cancelled. A block that is orphaned is taken back.
import {
  type Block,
  type ChainEvent,
  type JournalEntry,
  orderDigest,
  type Receipt,
  type Transaction,
} from '@solvent/protocol'
import type { Claimer } from './claimer.ts'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { Filler } from './filler.ts'
import type { OrderPool } from './order-pool.ts'
import type { PartsDesk } from './parts-desk.ts'
import type { Rebalancer } from './rebalancer.ts'
import type { SolverBooks } from './solver-books.ts'

/** Who is told of what a block says. */
export interface BlockReaders {
  readonly books: SolverBooks
  readonly desk: EngagementDesk
  readonly pool: OrderPool
  readonly parts: PartsDesk
  readonly filler: Filler
  readonly claimer: Claimer
  readonly rebalancer: Rebalancer
}

export class BlockReader {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #pool: OrderPool
  readonly #parts: PartsDesk
  readonly #filler: Filler
  readonly #claimer: Claimer
  readonly #rebalancer: Rebalancer

  constructor({ books, desk, pool, parts, filler, claimer, rebalancer }: BlockReaders) {
    this.#books = books
    this.#desk = desk
    this.#pool = pool
    this.#parts = parts
    this.#filler = filler
    this.#claimer = claimer
    this.#rebalancer = rebalancer
  }

  read({ header, receipts, transactions }: Block): void {
    receipts.forEach((receipt, i) => this.#onReceipt(header, receipt, transactions[i]?.transaction))
  }

  /** Takes back what the block moved; what it did to our orders is done again by the branch that is followed now. */
  unread({ header, receipts, transactions }: Block): void {
    const { chainId, timestamp } = header
    for (let i = 0; i < receipts.length; i++) {
      const { entries, events } = receipts[i]!
      const call = transactions[i]?.transaction.call
      const undone = entries.map(negated)
      this.#books.monitor.onEntries(chainId, undone)
      this.#books.pools.onEntries(chainId, undone)
      for (const { token, amount } of this.#books.inventory.unapply(chainId, entries)) {
        this.#books.slow.moved(chainId, token, timestamp, amount)
      }
      for (const event of events) {
        this.#books.pools.onOrphaned(chainId, event)
        if (event.kind === 'fill-proven') this.#claimer.onUnproven(event.orderId)
        const engagement = event.kind === 'order-opened' ? this.#desk.find(event.orderId) : undefined
        if (engagement !== undefined) this.#filler.onUnopened(engagement)
        if (event.kind === 'order-opened' && call?.kind === 'open-part') this.#parts.onPart(call, event, -1n)
      }
    }
  }

  #onReceipt(header: Block['header'], receipt: Receipt, transaction: Transaction | undefined): void {
    const { chainId, timestamp } = header
    const { inventory, monitor, pools, slow } = this.#books
    const call = transaction?.call
    const filledId = call?.kind === 'fill' ? orderDigest(call.order) : null
    for (const { cause, token, amount } of inventory.apply(chainId, receipt.entries)) {
      // What was promised counted then; its gas counts now.
      const isCounted = cause === 'fill' && filledId !== null && slow.delivered(filledId)
      if (!isCounted) slow.moved(chainId, token, timestamp, amount)
    }
    monitor.onEntries(chainId, receipt.entries)
    pools.onEntries(chainId, receipt.entries)
    for (const event of receipt.events) {
      this.#onEvent(header, event)
      if (event.kind === 'order-opened' && call?.kind === 'open-part') this.#parts.onPart(call, event, 1n)
    }
  }

  #onEvent({ chainId, number, timestamp }: Block['header'], event: ChainEvent): void {
    this.#books.monitor.onEvent(chainId, event)
    this.#books.pools.onEvent(chainId, event)
    this.#rebalancer.onEvent(chainId, event)
    switch (event.kind) {
      case 'order-opened':
        this.#onOpened(event, number)
        break
      case 'order-filled':
        this.#onFilled(event)
        break
      case 'order-cancelled': {
        const engagement = this.#desk.find(event.orderId)
        if (engagement !== undefined && engagement.stage !== 'filled') this.#filler.drop(engagement, 'failed')
        break
      }
      case 'fill-proven':
      case 'order-claimed':
      case 'order-refunded': {
        const engagement = this.#desk.find(event.orderId)
        if (engagement !== undefined) this.#claimer.onEvent(engagement, event, timestamp)
        if (event.kind === 'fill-proven') this.#onProven(event)
      }
    }
  }

  /** The escrow of an order that we have not filled is another's: nobody would pay for our fill. */
  #onProven({ orderId, payee }: Extract<ChainEvent, { kind: 'fill-proven' }>): void {
    const engagement = this.#desk.find(orderId)
    if (engagement === undefined || payee === this.#books.self || !isYetToFill(engagement)) return
    this.#filler.drop(engagement, 'lost')
  }

  #onOpened(event: Extract<ChainEvent, { kind: 'order-opened' }>, block: number): void {
    const { orderId } = event
    this.#pool.opened(orderId, block)
    const engagement = this.#desk.find(orderId)
    if (engagement !== undefined) this.#filler.onOpened(engagement, block)
  }

  #onFilled({ orderId, solver }: Extract<ChainEvent, { kind: 'order-filled' }>): void {
    const engagement = this.#desk.find(orderId)
    if (engagement === undefined || engagement.stage === 'filled') return
    if (solver === this.#books.self) this.#desk.filled(engagement)
    else if (isYetToFill(engagement)) this.#filler.drop(engagement, 'lost')
  }
}

/** The entry with all its movements the other way. */
function negated(entry: JournalEntry): JournalEntry {
  return { ...entry, legs: entry.legs.map((leg) => ({ ...leg, amount: -leg.amount })) }
}

/** No fill of ours is on its way or in a block. */
function isYetToFill({ stage }: Engagement): boolean {
  return stage !== 'filling' && stage !== 'filled' && stage !== 'ended'
}
