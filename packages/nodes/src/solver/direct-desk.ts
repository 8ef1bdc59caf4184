// Orders without an auction: those whose user names us, and those that the chain gives to the first valid fill.
import type { OrderId } from '@solvent/primitives'
import type { Order, SignedOrder } from '@solvent/protocol'
import { levelOfValue, resumeTerms, type Terms } from './admission.ts'
import { type Deal, dealOfOrder } from './deal.ts'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import { priceDeal } from './price-desk.ts'
import type { QuoteDesk } from './quote-desk.ts'
import { requiredOutput } from './required-output.ts'
import { slowCutoff } from './slow-ledger.ts'
import type { SolverBooks } from './solver-books.ts'

interface Agreed {
  readonly offer: bigint
  readonly terms: Terms
}

export class DirectDesk {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #quotes: QuoteDesk

  constructor(books: SolverBooks, desk: EngagementDesk, quotes: QuoteDesk) {
    this.#books = books
    this.#desk = desk
    this.#quotes = quotes
  }

  /** Takes an order on if it is for us, or watches it if anyone may fill it. Their users open them. */
  consider(orderId: OrderId, signed: SignedOrder): Engagement | null {
    const { award } = signed.order
    if (award.by === 'chain')
      return this.watch(orderId, signed, dealOfOrder(signed.order, this.#books.nowSeconds()))
    return award.by === 'user' && award.solver === this.#books.self ? this.#take(orderId, signed) : null
  }

  /** A quote that the order keeps to is honoured; without one the order is judged like any other. */
  #take(orderId: OrderId, signed: SignedOrder): Engagement | null {
    const { order } = signed
    const nowSeconds = this.#books.nowSeconds()
    const moment = this.#books.fillMoment(order.output.chainId)
    const required = requiredOutput(order, this.#books.self, null, moment)
    if (required === null) return null
    const { distress } = this.#books
    if (distress.isInDefault) return this.#decline(orderId, 'in-default')
    const agreed = this.#honour(order, required) ?? this.#judge(orderId, order, required)
    if (typeof agreed === 'string') return this.#decline(orderId, agreed)
    const { offer, terms } = agreed
    const stage = 'opening'
    const engagement = this.#desk.begin({
      orderId,
      signed,
      terms,
      basis: 'named',
      stage,
      offer,
      reserve: 'fill',
    })
    if (engagement === null) return this.#decline(orderId, 'no-inventory')
    this.#desk.keep(engagement, nowSeconds)
    return engagement
  }

  /** What a quote had set aside is free again for its order. */
  #honour(order: Order, required: bigint): Agreed | string | null {
    const { facts, init } = this.#books
    const deal = dealOfOrder(order, this.#books.nowSeconds())
    const value = facts.valueE8(deal.originChainId, deal.input.token, deal.input.amount)
    const level = levelOfValue(value, init.risk.confirmationsByValue)
    const terms = level === null ? null : resumeTerms(deal, level, facts)
    const offer = terms === null ? null : this.#quotes.redeem(order, required)
    return terms === null || offer === null ? null : { offer, terms }
  }

  #judge(orderId: OrderId, order: Order, required: bigint): Agreed | string {
    const deal = dealOfOrder(order, this.#books.nowSeconds())
    const owing = { ...deal, output: { ...deal.output, minAmount: required } }
    const pricing = priceDeal(this.#books, owing, {
      use: 'quote',
      cutoff: slowCutoff(deal.startsAt, order.fillDeadline),
      pastAuctions: [],
      tender: { id: orderId, time: deal.startsAt, user: order.user },
    })
    return pricing.status === 'declined'
      ? pricing.reason
      : { offer: pricing.outputAmount, terms: pricing.terms }
  }

  /** The price at which we would fill; nothing is set aside until the race is on. */
  watch(orderId: OrderId, signed: SignedOrder, deal: Deal): Engagement | null {
    const nowSeconds = this.#books.nowSeconds()
    const pricing = priceDeal(this.#books, deal, {
      use: signed.order.pricing.rule === 'priority-fee' ? 'priority-fee' : 'dutch',
      cutoff: slowCutoff(nowSeconds, signed.order.fillDeadline),
      pastAuctions: [],
      tender: { id: orderId, time: nowSeconds, user: signed.order.user },
    })
    if (pricing.status === 'declined') return this.#decline(orderId, pricing.reason)
    const { outputAmount: offer, terms } = pricing
    return this.#desk.begin({ orderId, signed, terms, basis: 'race', stage: 'opening', offer, reserve: null })
  }

  #decline(orderId: OrderId, reason: string): null {
    const { ports, self } = this.#books
    ports.log.event({ kind: 'bid-declined', orderId, solver: self, reason })
    return null
  }
}
