// Keeps the orders that a solver has promised something for, together with what each of them ties up: inventory,
// exposure, a record in the store. Every way out frees all three.

import type { ChainId, OrderId } from '@solvent/primitives'
import type { ReceivableState } from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { resumeTerms } from './admission.ts'
import { dealOfOrder } from './deal.ts'
import {
  decodeEngagement,
  type Engagement,
  type EngagementRecord,
  engagementKey,
  engagementKeys,
  engagementRecord,
  type Stage,
} from './engagement.ts'
import type { ReleaseReason, ReserveReason } from './inventory.ts'
import type { SolverBooks } from './solver-books.ts'

/** After the last second of a deadline, before a reservation is given up: a block or an award may be on its way. */
const DEADLINE_SLACK_MS = 30_000

export interface NewEngagement extends Omit<Engagement, 'openedIn' | 'isPromised' | 'award'> {
  readonly reserve: ReserveReason | null
}

export class EngagementDesk {
  readonly #books: SolverBooks
  readonly #engagements = new Map<OrderId, Engagement>()
  readonly #timers: TimerTable<OrderId>
  /** Resumed after a restart; their inventory is set aside once their chain has been read. */
  readonly #unreserved = new Set<OrderId>()

  constructor(books: SolverBooks) {
    this.#books = books
    this.#timers = createTimerTable(books.ports.timers)
  }

  find(orderId: OrderId): Engagement | undefined {
    return this.#engagements.get(orderId)
  }

  all(): IterableIterator<Engagement> {
    return this.#engagements.values()
  }

  /** Takes an order on; null when its inventory is not free. A race reserves when it fires. */
  begin({ reserve, ...made }: NewEngagement): Engagement | null {
    const engagement: Engagement = { ...made, isPromised: false, openedIn: null, award: null }
    if (reserve !== null && !this.reserve(engagement, reserve)) return null
    this.#add(engagement)
    return engagement
  }

  /** Sets the offered amount aside. */
  reserve(engagement: Engagement, reason: ReserveReason): boolean {
    const { output } = engagement.signed.order
    return this.#books.inventory.reserve(
      engagement.orderId,
      output.chainId,
      output.token,
      engagement.offer,
      reason,
    )
  }

  isReserved(engagement: Engagement): boolean {
    return this.#books.inventory.isReserved(engagement.orderId)
  }

  /** The order is ours: from now on a restart must know of it. `atSeconds` is the moment that counts for prices. */
  keep(engagement: Engagement, atSeconds: number): void {
    this.#commitSlow(engagement, atSeconds)
    this.#store(engagement, null)
  }

  /** The fill is in a block: what was set aside has left, a receivable is there instead. */
  filled(engagement: Engagement): void {
    const { orderId, signed, terms } = engagement
    const { inventory, exposure, receivables } = this.#books
    engagement.stage = 'filled'
    inventory.release(orderId, 'filled')
    exposure.set(orderId, signed.order.prover, terms.inputValueE8)
    receivables.add(orderId, signed.order)
    this.#store(engagement, receivables.state(orderId) ?? 'held')
  }

  /** The receivable of a filled order has moved. */
  moved(engagement: Engagement, state: ReceivableState): void {
    this.#store(engagement, state)
  }

  /**
   * Nothing more comes of this order (or of its receivable): frees all that it ties up. `atSeconds` is when that counts
   * for prices: the block's time where a block ended it.
   */
  end(engagement: Engagement, reason: ReleaseReason, atSeconds: number = this.#books.nowSeconds()): void {
    const { orderId, stage } = engagement
    const { inventory, exposure, slow, rules } = this.#books
    engagement.stage = 'ended'
    this.#unreserved.delete(orderId)
    if (rules.frees(reason)) inventory.release(orderId, reason)
    exposure.clear(orderId)
    slow.end(orderId, atSeconds)
    // A fill that is on its way may still land: then it is ours, and so is its receivable.
    if (stage !== 'filling') this.#forget(engagement, stage)
  }

  onTimer(timer: Parameters<TimerTable<OrderId>['take']>[0]): boolean {
    const orderId = this.#timers.take(timer)
    if (orderId === undefined) return false
    const engagement = this.#engagements.get(orderId)
    if (engagement !== undefined) this.#checkDeadline(engagement)
    return true
  }

  /** Takes back what the store has; its inventory is set aside by `onReady`. */
  resume(): readonly { readonly engagement: Engagement; readonly receivable: ReceivableState | null }[] {
    const { store } = this.#books.ports
    return engagementKeys(store).flatMap((key) => {
      const bytes = store.get(key)
      if (bytes === undefined) return []
      const record = decodeEngagement(bytes)
      const engagement = this.#resumeOne(key.slice(engagementKey('' as OrderId).length) as OrderId, record)
      return engagement === null ? [] : [{ engagement, receivable: record.receivable }]
    })
  }

  /** An order that was promised before a restart, without inventory until its chain is read. */
  resumeBidding(engagement: Engagement): void {
    this.#add(engagement)
    this.#unreserved.add(engagement.orderId)
  }

  /** Everything of this chain has been read: sets aside what the resumed orders need, gives up what cannot be. */
  onReady(chainId: ChainId): void {
    for (const orderId of [...this.#unreserved]) {
      const engagement = this.#engagements.get(orderId)
      if (engagement !== undefined && engagement.signed.order.output.chainId !== chainId) continue
      this.#unreserved.delete(orderId)
      if (engagement === undefined || engagement.stage === 'filled' || engagement.stage === 'ended') continue
      if (!this.reserve(engagement, 'restart')) this.end(engagement, 'failed')
    }
  }

  #resumeOne(orderId: OrderId, record: EngagementRecord): Engagement | null {
    const { signed, award, basis, offer, confirmation, receivable } = record
    const nowSeconds = this.#books.nowSeconds()
    const terms = resumeTerms(dealOfOrder(signed.order, nowSeconds), confirmation, this.#books.facts)
    if (terms === null) return null
    const unfilled = nowSeconds > signed.order.fillDeadline ? 'ended' : 'opening'
    const stage = receivable === null ? unfilled : 'filled'
    const engagement: Engagement = {
      orderId,
      signed,
      terms,
      basis,
      stage,
      award,
      offer,
      isPromised: false,
      openedIn: null,
    }
    this.#add(engagement)
    if (stage === 'ended') return engagement
    if (stage === 'opening') this.#unreserved.add(orderId)
    const { award: rule } = signed.order
    this.#commitSlow(engagement, rule.by === 'auctioneer' ? rule.closesAt : nowSeconds)
    return engagement
  }

  #commitSlow({ orderId, signed, terms, offer, award }: Engagement, atSeconds: number): void {
    const { output, prover } = signed.order
    this.#books.slow.commit(orderId, atSeconds, {
      chainId: output.chainId,
      token: output.token,
      amount: award?.award.outputAmount ?? offer,
      bridge: prover,
      valueE8: terms.inputValueE8,
    })
  }

  #add(engagement: Engagement): void {
    const { orderId, signed, terms } = engagement
    this.#engagements.set(orderId, engagement)
    this.#books.exposure.set(orderId, signed.order.prover, terms.inputValueE8)
    this.#timers.setAt(deadlineMs(engagement), orderId)
  }

  /** Gives up what has missed its deadline; otherwise looks again at the next one. */
  #checkDeadline(engagement: Engagement): void {
    const { stage, orderId } = engagement
    if (stage === 'filled') return
    if (stage === 'ended') return this.#forget(engagement, stage)
    if (this.#books.ports.clock.nowMs() >= deadlineMs(engagement)) {
      this.end(engagement, stage === 'bidding' ? 'no-award' : 'expired')
      if (stage !== 'filling') return
    }
    this.#timers.setAt(Math.max(deadlineMs(engagement), this.#books.ports.clock.nowMs() + 1), orderId)
  }

  #forget({ orderId, basis, signed }: Engagement, stage: Stage): void {
    const { ports, outbox } = this.#books
    this.#engagements.delete(orderId)
    if (stage !== 'bidding') ports.store.delete(engagementKey(orderId))
    // Before the auction has closed the bid stands, whatever became of it: nobody bids twice.
    const { award } = signed.order
    const isOver = award.by === 'auctioneer' && this.#books.nowSeconds() > award.closesAt
    if (basis === 'auction' && isOver) outbox.forget(`bid/${orderId}`)
  }

  #store(engagement: Engagement, receivable: ReceivableState | null): void {
    this.#books.ports.store.put(engagementKey(engagement.orderId), engagementRecord(engagement, receivable))
  }
}

/** When the present stage must be over, ms of the node's clock. */
function deadlineMs({ stage, signed }: Engagement): number {
  const { order } = signed
  const lastFillMs = (order.fillDeadline + 1) * 1_000 + DEADLINE_SLACK_MS
  if (stage === 'ended') return (order.expires + 1) * 1_000 + DEADLINE_SLACK_MS
  if (stage === 'opening') return Math.min((order.openDeadline + 1) * 1_000 + DEADLINE_SLACK_MS, lastFillMs)
  if (stage === 'bidding' && order.award.by === 'auctioneer') return (order.award.exclusiveUntil + 1) * 1_000
  return lastFillMs
}
