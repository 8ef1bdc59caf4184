// Quotes that others won and may not honour: once their window has passed, the order's price falls for everyone, and whoever first finds
// it low enough opens and fills it (UniswapX: exclusivity, then decay). The winner of a fill is the chain's first, as in any race.
import type { TimerId } from '@solvent/ports'
import { type OrderId, secondsToMs } from '@solvent/primitives'
import type { SignedOrder } from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { dealOfOrder } from './deal.ts'
import type { DirectDesk } from './direct-desk.ts'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { SolverBooks } from './solver-books.ts'

export interface FadeWatchInit {
  readonly books: SolverBooks
  readonly desk: EngagementDesk
  readonly direct: DirectDesk
  readonly open: (engagement: Engagement) => void
}

export class FadeWatch {
  readonly #parts: FadeWatchInit
  readonly #timers: TimerTable<OrderId>

  constructor(parts: FadeWatchInit) {
    this.#parts = parts
    this.#timers = createTimerTable(parts.books.ports.timers)
  }

  /** Another has won the order's auction. Nothing is set aside until the race is on. */
  onLost(orderId: OrderId, signed: SignedOrder, order: AuctionedOrder): void {
    const { award, originChainId } = order
    if (award.rule !== 'request-for-quote') return
    const { books, direct } = this.#parts
    const deal = { ...dealOfOrder(order, books.nowSeconds()), startsAt: award.exclusiveUntil + 1 }
    const engagement = direct.watch(orderId, signed, deal)
    const slotMs = books.facts.chain(originChainId)?.slotMs ?? 0
    // A block of the second after the window, whatever the clocks say.
    if (engagement !== null) this.#timers.setAt(secondsToMs(award.exclusiveUntil + 1) + slotMs, orderId)
  }

  /** The window is over: an order that its winner has not opened is opened. */
  onTimer(timer: TimerId): boolean {
    const orderId = this.#timers.take(timer)
    if (orderId === undefined) return false
    const engagement = this.#parts.desk.find(orderId)
    if (engagement?.basis === 'race' && engagement.stage === 'opening') this.#parts.open(engagement)
    return true
  }
}
