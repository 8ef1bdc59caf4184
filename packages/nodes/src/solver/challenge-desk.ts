// The benchmark of the best offer, from a rival's side: whoever lost an auction and sees the order filled for less than it had bid itself hands its signed bid
// in again at the auctioneer, which holds it against the fill. Lost bids are in the store until their orders can be filled no more. docs/models/disciplines.md.
import type { Inbound, RequestId, TimerId } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import { type Bid, type Block, bidDigest, type SignedBid, type SolventVocabulary } from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'
import { backOffMs } from '../parts/back-off.ts'
import { isBelowOffer } from '../parts/offer-benchmark.ts'
import { createRequestTable, type RequestTable } from '../parts/request-table.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { SolverBooks } from './solver-books.ts'

const LOST = 'challenge/lost/'
const REQUEST_TIMEOUT_MS = 20_000
const RETRY = { firstMs: 1_000, capMs: 8_000 }

/** A bid of ours that another's was better than. */
interface LostBid {
  readonly orderId: OrderId
  readonly auctioneer: Address
  readonly outputAmount: bigint
  /** Unix seconds: when it can be filled no more. */
  readonly fillDeadline: number
}

interface Challenge {
  readonly signed: SignedBid
  /** Unix seconds: when the window to challenge is over. */
  readonly until: number
  failures: number
}

export class ChallengeDesk {
  readonly #books: SolverBooks
  readonly #lost = new Map<OrderId, LostBid>()
  readonly #requests: RequestTable<Challenge>
  readonly #timers: TimerTable<Challenge>

  constructor(books: SolverBooks) {
    this.#books = books
    this.#requests = createRequestTable(books.ports.transport)
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** After a restart: fills are read from blocks again, and what was handed in before is heard as the same. */
  resume(): void {
    const { store } = this.#books.ports
    for (const key of store.keys(LOST)) {
      const bytes = store.get(key)
      if (bytes === undefined) continue
      const lost = decodeCanonical(bytes) as unknown as LostBid
      this.#lost.set(lost.orderId, lost)
    }
  }

  /** Another has won the order's auction. A price of a batch is not of one order. */
  onLost(orderId: OrderId, { award, fillDeadline }: AuctionedOrder, outputAmount: bigint): void {
    const { init, ports } = this.#books
    if (init.benchmark === undefined || award.rule === 'fair-combinatorial') return
    const lost: LostBid = { orderId, auctioneer: award.auctioneer, outputAmount, fillDeadline }
    this.#lost.set(orderId, lost)
    ports.store.put(LOST + orderId, encodeCanonical(lost))
  }

  onBlock({ header: { timestamp }, receipts }: Block): void {
    if (this.#lost.size === 0) return
    for (const { events } of receipts)
      for (const event of events) {
        const lost = event.kind === 'order-filled' ? this.#lost.get(event.orderId) : undefined
        if (lost !== undefined && event.kind === 'order-filled')
          this.#onFilled(lost, event.solver, event.outputAmount, timestamp)
      }
    const { challengeSeconds = 0 } = this.#books.init.benchmark ?? {}
    for (const { orderId, fillDeadline } of this.#lost.values())
      if (timestamp > fillDeadline + challengeSeconds) this.#forget(orderId)
  }

  /** Takes replies and failures of its own requests. */
  onMessage({ via, request }: Extract<Inbound<SolventVocabulary>, { via: 'reply' | 'failure' }>): boolean {
    const challenge = this.#requests.take(request as RequestId)
    if (challenge === undefined) return false
    if (via !== 'failure') return true
    challenge.failures += 1
    const jitter = this.#books.ports.rng.stream(`challenge-desk/${this.#books.ports.transport.self}`)
    this.#timers.set(backOffMs(RETRY, challenge.failures, jitter), challenge)
    return true
  }

  onTimer(timer: TimerId): boolean {
    const challenge = this.#timers.take(timer)
    if (challenge === undefined) return false
    this.#send(challenge)
    return true
  }

  /** The bid stays known: a fill that is taken back may be made again for less. */
  #onFilled(
    { orderId, auctioneer, outputAmount }: LostBid,
    by: Address,
    delivered: bigint,
    at: number,
  ): void {
    const { init, self, ports } = this.#books
    const { benchmark } = init
    if (benchmark === undefined || by === self || !isBelowOffer(delivered, outputAmount, benchmark)) return
    const bid: Bid = { orderId, auctioneer, solver: self, outputAmount }
    const signed = { bid, signature: ports.signer.sign(bidDigest(bid)) }
    this.#send({ signed, until: at + benchmark.challengeSeconds, failures: 0 })
  }

  #send(challenge: Challenge): void {
    const { facts, nowSeconds, ports } = this.#books
    const node = facts.auctioneer(challenge.signed.bid.auctioneer)
    if (node === undefined || nowSeconds() > challenge.until) return
    ports.meter.count('challenges-made')
    this.#requests.ask(node, { type: 'bid', body: challenge.signed }, REQUEST_TIMEOUT_MS, challenge)
  }

  #forget(orderId: OrderId): void {
    this.#lost.delete(orderId)
    this.#books.ports.store.delete(LOST + orderId)
  }
}
