// Requests for quote: a firm price for a while, with the inventory set aside, stored before it is answered.
import type { ReplyToken, TimerId } from '@solvent/ports'
import type { Hash32, NodeId } from '@solvent/primitives'
import { type Order, type QuoteRequest, quoteDigest, type SignedQuote } from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { dealOfQuote } from './deal.ts'
import { priceDeal } from './price-desk.ts'
import { slowCutoff } from './slow-ledger.ts'
import type { SolverBooks } from './solver-books.ts'

/** How long a quote is good for: the user must sign, and its order must reach us. Unix seconds, as all times here. */
const QUOTE_SECONDS = 120
/** After its last second, before the inventory is freed. */
const SLACK_MS = 10_000

interface StandingQuote {
  readonly slot: string
  readonly request: QuoteRequest
  readonly signed: SignedQuote
}

/** A quote is forgotten later than it ends: asked again with the same id, it must be answered the same. */
type Purpose =
  | { readonly kind: 'end'; readonly quoteId: Hash32 }
  | { readonly kind: 'forget'; readonly slot: string }

export class QuoteDesk {
  readonly #books: SolverBooks
  readonly #standing = new Map<Hash32, StandingQuote>()
  readonly #timers: TimerTable<Purpose>

  constructor(books: SolverBooks) {
    this.#books = books
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** Answers with a quote, the same one when asked again, or declines. */
  onRequest(request: QuoteRequest, from: NodeId, replyTo: ReplyToken): void {
    const { outbox, ports } = this.#books
    const slot = `quote/${from}/${request.quoteId}`
    const known = outbox.find<StoredQuote>(slot)
    if (known !== undefined) return this.#reply(replyTo, known.value.signed)
    const signed = this.#standing.has(request.quoteId) ? null : this.#quote(request)
    if (signed === null) {
      ports.transport.reply(replyTo, { type: 'receipt', body: { accepted: false, reason: 'not-interested' } })
      return
    }
    const standing: StandingQuote = { slot, request, signed }
    this.#stand(standing)
    const { quoteId, solver, outputAmount } = signed.quote
    const stored: StoredQuote = { request, signed }
    outbox.commit({ slot, digest: quoteDigest(signed.quote), value: stored }, () => {
      ports.log.event({ kind: 'quoted', quoteId, solver, outputAmount })
      this.#reply(replyTo, signed)
    })
  }

  /**
   * The amount of a standing quote that an order keeps to, or null. The quote is used up: what it had set aside is free
   * again for the order.
   */
  redeem(order: Order, required: bigint): bigint | null {
    for (const { request, signed } of this.#standing.values()) {
      if (!fits(order, request) || signed.quote.outputAmount < required) continue
      this.#end(signed.quote.quoteId, 'moved')
      return signed.quote.outputAmount
    }
    return null
  }

  onTimer(timer: TimerId): boolean {
    const purpose = this.#timers.take(timer)
    if (purpose === undefined) return false
    if (purpose.kind === 'end') this.#end(purpose.quoteId, 'expired')
    else this.#books.outbox.forget(purpose.slot)
    return true
  }

  /** After a restart: quotes that are still good stand again once their inventory can be set aside. */
  resume(): void {
    this.#books.outbox.resume<StoredQuote>('quote/', ({ slot, value }) => {
      const { request, signed } = value
      if (signed.quote.validUntil >= this.#books.nowSeconds()) this.#stand({ slot, request, signed })
      else this.#forgetLater(slot, request)
    })
  }

  /** Everything of this chain has been read: sets aside what the resumed quotes need. */
  onReady(chainId: number): void {
    for (const { request, signed } of this.#standing.values()) {
      if (request.outputChainId !== chainId || this.#books.inventory.isReserved(request.quoteId)) continue
      if (!this.#reserve(request, signed.quote.outputAmount, 'restart')) this.#end(request.quoteId, 'failed')
    }
  }

  #quote(request: QuoteRequest): SignedQuote | null {
    const { ports, self, nowSeconds } = this.#books
    const now = nowSeconds()
    const pricing = priceDeal(this.#books, dealOfQuote(request, now), {
      use: 'quote',
      cutoff: slowCutoff(now, request.fillDeadline),
      pastAuctions: [],
      tender: { id: request.quoteId, time: now, user: '' },
    })
    if (pricing.status === 'declined' || !this.#reserve(request, pricing.outputAmount, 'quote')) return null
    const validUntil = Math.min(now + QUOTE_SECONDS, request.fillDeadline)
    const quote = { quoteId: request.quoteId, solver: self, outputAmount: pricing.outputAmount, validUntil }
    return { quote, signature: ports.signer.sign(quoteDigest(quote)) }
  }

  #reserve(
    { quoteId, outputChainId, outputToken }: QuoteRequest,
    amount: bigint,
    reason: 'quote' | 'restart',
  ): boolean {
    return this.#books.inventory.reserve(quoteId, outputChainId, outputToken, amount, reason)
  }

  #stand(standing: StandingQuote): void {
    const { facts, exposure } = this.#books
    const { quoteId, originChainId, inputToken, inputAmount, prover } = standing.request
    this.#standing.set(quoteId, standing)
    exposure.set(quoteId, prover, facts.valueE8(originChainId, inputToken, inputAmount))
    this.#timers.setAt((standing.signed.quote.validUntil + 1) * 1_000 + SLACK_MS, { kind: 'end', quoteId })
    this.#forgetLater(standing.slot, standing.request)
  }

  /** After the fill deadline the same request would be declined anyway. */
  #forgetLater(slot: string, { fillDeadline }: QuoteRequest): void {
    this.#timers.setAt((fillDeadline + 1) * 1_000 + SLACK_MS, { kind: 'forget', slot })
  }

  #end(quoteId: Hash32, reason: 'moved' | 'expired' | 'failed'): void {
    const standing = this.#standing.get(quoteId)
    if (standing === undefined) return
    this.#standing.delete(quoteId)
    this.#books.inventory.release(quoteId, reason)
    this.#books.exposure.clear(quoteId)
  }

  #reply(replyTo: ReplyToken, signed: SignedQuote): void {
    this.#books.ports.transport.reply(replyTo, { type: 'quote', body: signed })
  }
}

function fits(order: Order, request: QuoteRequest): boolean {
  const { originChainId, input, output, prover } = order
  return (
    originChainId === request.originChainId &&
    input.token === request.inputToken &&
    input.amount === request.inputAmount &&
    output.chainId === request.outputChainId &&
    output.token === request.outputToken &&
    prover === request.prover
  )
}

/** What the outbox keeps of a quote. */
interface StoredQuote {
  readonly request: QuoteRequest
  readonly signed: SignedQuote
}
