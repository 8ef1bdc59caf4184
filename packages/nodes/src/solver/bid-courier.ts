// Bids on their way: from the store to the auctioneer, again when nobody answers. A sealed-encrypted one goes as a commitment first, and is
// opened when the auction has closed: by its solver, or by the committee, each member of which gets a share before.
import type { Inbound, RequestId, TimerId } from '@solvent/ports'
import { secondsToMs } from '@solvent/primitives'
import {
  bidCommitment,
  dealingCommitment,
  lastBidSecond,
  type Message,
  type RefusalReason,
  type SealCommittee,
  type SignedBid,
  type SolventVocabulary,
  sealedBidDigest,
} from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'
import { backOffMs } from '../parts/back-off.ts'
import { sealBid } from '../parts/committee-seal.ts'
import { createRequestTable, type RequestTable } from '../parts/request-table.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { SolverBooks } from './solver-books.ts'

interface Attempt {
  readonly signed: SignedBid
  readonly order: AuctionedOrder
  /** Whose share of a bid that is sealed to a committee goes out; none: the bid itself. */
  readonly member?: number
  failures: number
}

type Dealt = ReturnType<typeof sealBid>

/** How long an auctioneer may take to answer: it waits for the order itself when the bid comes first. */
const REQUEST_TIMEOUT_MS = 45_000
const RETRY = { firstMs: 1_000, capMs: 8_000 }

export class BidCourier {
  readonly #books: SolverBooks
  readonly #onRefused: (signed: SignedBid) => void
  readonly #requests: RequestTable<Attempt>
  readonly #timers: TimerTable<Attempt>
  #last: { readonly signed: SignedBid; readonly dealt: Dealt } | null = null

  /** @param onRefused the auctioneer will not count it, and has none of ours for this order */
  constructor(books: SolverBooks, onRefused: (signed: SignedBid) => void) {
    this.#books = books
    this.#onRefused = onRefused
    this.#requests = createRequestTable(books.ports.transport)
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** Sends a stored bid; after a restart, the same one again. */
  carry(signed: SignedBid, order: AuctionedOrder): void {
    const attempt: Attempt = { signed, order, failures: 0 }
    this.#send(attempt)
    if (order.award.rule !== 'sealed-encrypted') return
    const committee = this.#committeeFor(order)
    if (committee !== undefined)
      committee.members.forEach((_, member) => {
        this.#send({ ...attempt, member })
      })
    else this.#timers.setAt(secondsToMs(order.award.closesAt + 1), { ...attempt })
  }

  /** Takes replies and failures of its own requests. */
  onMessage(inbound: Extract<Inbound<SolventVocabulary>, { via: 'reply' | 'failure' }>): boolean {
    const attempt = this.#requests.take(inbound.request as RequestId)
    if (attempt === undefined) return false
    if (inbound.via === 'failure') this.#again(attempt)
    else if (inbound.message.type === 'receipt' && !inbound.message.body.accepted) {
      this.#onRefusal(attempt, inbound.message.body.reason)
    }
    return true
  }

  onTimer(timer: TimerId): boolean {
    const attempt = this.#timers.take(timer)
    if (attempt === undefined) return false
    this.#send(attempt)
    return true
  }

  #send(attempt: Attempt): void {
    const { order, signed, member } = attempt
    if (member !== undefined) return this.#sendShare(attempt, member)
    const node = this.#books.facts.auctioneer(order.award.auctioneer)
    const now = this.#books.nowSeconds()
    if (node === undefined || now > lastBidSecond(order.award)) return
    const isSealed = order.award.rule === 'sealed-encrypted' && now <= order.award.closesAt
    // The committee opens it: what has not come to its auctioneer sealed comes too late.
    if (!isSealed && this.#committeeFor(order) !== undefined) return
    const message: Message = isSealed ? this.#sealed(signed, order) : { type: 'bid', body: signed }
    this.#requests.ask(node, message, REQUEST_TIMEOUT_MS, attempt)
  }

  /** A share that comes after the close is worth nothing. */
  #sendShare(attempt: Attempt, member: number): void {
    const { order, signed } = attempt
    const committee = this.#committeeFor(order)
    const node = committee?.members[member]
    const { closesAt } = order.award
    if (committee === undefined || node === undefined || this.#books.nowSeconds() > closesAt) return
    const { dealing, shares } = this.#dealt(signed, committee)
    const share = shares[member] ?? 0n
    const body = { ...this.#sealed(signed, order).body, ...dealing, opensAfter: closesAt, share }
    this.#requests.ask(node, { type: 'bid-share', body }, REQUEST_TIMEOUT_MS, attempt)
  }

  #committeeFor({ award }: AuctionedOrder): SealCommittee | undefined {
    return award.rule === 'sealed-encrypted' ? this.#books.facts.spec.sealCommittee : undefined
  }

  #sealed(signed: SignedBid, order: AuctionedOrder): Extract<Message, { type: 'sealed-bid' }> {
    const { orderId, auctioneer, solver } = signed.bid
    const committee = this.#committeeFor(order)
    const commitment =
      committee === undefined
        ? bidCommitment(signed)
        : dealingCommitment(this.#dealt(signed, committee).dealing)
    const sealed = { orderId, auctioneer, solver, commitment }
    const signature = this.#books.ports.signer.sign(sealedBidDigest(sealed))
    return { type: 'sealed-bid', body: { sealed, signature } }
  }

  /** Dealing is dear, and the same whenever it is done: the last one is kept, for one bid goes to all members together. */
  #dealt(signed: SignedBid, committee: SealCommittee): Dealt {
    if (this.#last?.signed !== signed) this.#last = { signed, dealt: sealBid(signed, committee) }
    return this.#last.dealt
  }

  #again(attempt: Attempt): void {
    attempt.failures += 1
    const jitter = this.#books.ports.rng.stream(`bid-desk/${this.#books.ports.transport.self}`)
    this.#timers.set(backOffMs(RETRY, attempt.failures, jitter), attempt)
  }

  #onRefusal(attempt: Attempt, reason: RefusalReason | null): void {
    // The auctioneer has not seen the order yet, its clock is behind, or it has our bid from before: what it will award is open.
    if (reason === 'unknown-order' || reason === 'unavailable') return this.#again(attempt)
    // A member's refusal is its share's loss only.
    if (reason === 'duplicate' || attempt.member !== undefined) return
    this.#onRefused(attempt.signed)
  }
}
