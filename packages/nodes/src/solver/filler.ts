// Filling: delivers the output once the escrow is firm enough for its value, at the amount that the destination settler
// requires by then, and never twice: the transaction's name is the order's.
import type { TimerId } from '@solvent/ports'
import { type ChainId, type OrderId, secondsToMs } from '@solvent/primitives'
import type { Receipt } from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import { cheapFromMs } from './expected-price.ts'
import { fillOffer } from './fill-offer.ts'
import type { SolverBooks } from './solver-books.ts'

export class Filler {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #timers: TimerTable<OrderId>
  /** Open orders of ours that wait for confirmations, by origin chain. */
  readonly #confirming = new Map<ChainId, Set<Engagement>>()

  constructor(books: SolverBooks, desk: EngagementDesk) {
    this.#books = books
    this.#desk = desk
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** The escrow of an order of ours is open since this block of its origin chain. */
  onOpened(engagement: Engagement, block: number): void {
    engagement.openedIn = block
    if (engagement.stage === 'opening') this.#confirm(engagement)
  }

  /** A producer has promised our opening: enough where the value asks for no more. The promise may be broken: then the fill is lost. */
  onPromised(engagement: Engagement): void {
    if (engagement.stage !== 'opening' || engagement.terms.confirmation !== 'preconfirmed') return
    engagement.isPromised = true
    this.#books.ports.meter.count('promises-acted-on')
    this.#confirm(engagement)
  }

  #confirm(engagement: Engagement): void {
    engagement.stage = 'confirming'
    const chainId = engagement.signed.order.originChainId
    let waiting = this.#confirming.get(chainId)
    if (waiting === undefined) {
      waiting = new Set()
      this.#confirming.set(chainId, waiting)
    }
    waiting.add(engagement)
    this.#tryFill(engagement)
  }

  /** The block that opened it is no longer followed: another will, or its deadline ends it. */
  onUnopened(engagement: Engagement): void {
    engagement.openedIn = null
    if (engagement.stage !== 'confirming' || engagement.isPromised) return
    engagement.stage = 'opening'
    this.#confirming.get(engagement.signed.order.originChainId)?.delete(engagement)
  }

  /** Blocks of this chain have become firmer, or its balances are known now. */
  onProgress(chainId: ChainId): void {
    for (const engagement of this.#confirming.get(chainId) ?? []) this.#tryFill(engagement)
  }

  /** It would deliver more than it thought. */
  retry(engagement: Engagement): void {
    this.#tryFill(engagement)
  }

  /** Balances of a destination are known now. */
  onReady(): void {
    for (const chainId of this.#confirming.keys()) this.onProgress(chainId)
  }

  onTimer(timer: TimerId): boolean {
    const orderId = this.#timers.take(timer)
    if (orderId === undefined) return false
    const engagement = this.#desk.find(orderId)
    if (engagement !== undefined) this.#tryFill(engagement)
    return true
  }

  /** Our transaction is in a block and failed: another was first, or the order can no longer be filled by us. */
  onIncluded(orderId: OrderId, receipt: Receipt): void {
    const engagement = this.#desk.find(orderId)
    if (receipt.status === 'ok' || engagement?.stage !== 'filling') return
    this.#giveUp(engagement, receipt.reason === 'already-filled' ? 'lost' : 'failed')
  }

  onAbandoned(orderId: OrderId): void {
    const engagement = this.#desk.find(orderId)
    if (engagement?.stage === 'filling') this.#giveUp(engagement, 'expired')
  }

  /** Someone else has filled it, or it was given up. */
  drop(engagement: Engagement, reason: 'lost' | 'failed'): void {
    this.#confirming.get(engagement.signed.order.originChainId)?.delete(engagement)
    this.#desk.end(engagement, reason)
  }

  #tryFill(engagement: Engagement): void {
    const { stage, signed, award, orderId } = engagement
    const { order } = signed
    const { isReady, nowSeconds, self, facts } = this.#books
    if (stage !== 'confirming') {
      this.#confirming.get(order.originChainId)?.delete(engagement)
      return
    }
    if (!this.#isFirm(engagement) || !isReady(order.output.chainId) || nowSeconds() > order.fillDeadline)
      return
    const { amount, tip } = fillOffer(engagement, self, facts, this.#books.fillMoment(order.output.chainId))
    if (amount === null || amount > engagement.offer) return this.#waitForPrice(engagement)
    if (!this.#desk.isReserved(engagement) && !this.#reserve(engagement))
      return this.drop(engagement, 'failed')
    engagement.stage = 'filling'
    this.#confirming.get(order.originChainId)?.delete(engagement)
    const outcome = this.#books.send({
      chainId: order.output.chainId,
      ref: `fill/${orderId}`,
      call: { kind: 'fill', order, award, amount, payee: self },
      deadlineMs: (order.fillDeadline + 1) * 1_000,
      ...(tip === null ? {} : { priorityFeePerGas: tip }),
    })
    // Sent before a restart, and in vain.
    if (outcome === 'reverted') this.#giveUp(engagement, 'failed')
  }

  #isFirm({ isPromised, openedIn, signed, terms }: Engagement): boolean {
    if (isPromised) return true
    return openedIn !== null && this.#books.isFirm(signed.order.originChainId, openedIn, terms.confirmation)
  }

  /** A race ties nothing up until it fires. */
  #reserve(engagement: Engagement): boolean {
    if (!this.#desk.reserve(engagement, 'fill')) return false
    this.#desk.keep(engagement, this.#books.nowSeconds())
    return true
  }

  /** The price still falls, or another solver's window is still open: comes back when it is our turn. */
  #waitForPrice(engagement: Engagement): void {
    const { order } = engagement.signed
    const { award, fillDeadline } = order
    const { facts, ports } = this.#books
    const nowMs = ports.clock.nowMs()
    const cheapMs = cheapFromMs(order, engagement.offer, facts.spec, nowMs)
    if (cheapMs === null) return this.drop(engagement, 'failed')
    const openFromMs = award.by === 'chain' ? 0 : secondsToMs(award.exclusiveUntil + 1)
    const atMs = cheapMs > nowMs ? cheapMs : openFromMs
    if (atMs >= secondsToMs(fillDeadline + 1) || atMs <= nowMs) return this.drop(engagement, 'failed')
    this.#timers.setAt(atMs, engagement.orderId)
  }

  /** Ends what was under way; the fill can no longer land. */
  #giveUp(engagement: Engagement, reason: 'lost' | 'failed' | 'expired'): void {
    engagement.stage = 'confirming'
    this.#desk.end(engagement, reason)
  }
}
