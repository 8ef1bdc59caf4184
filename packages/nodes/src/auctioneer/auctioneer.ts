// The auctioneer: collects sealed bids for the orders that name it, closes each auction at its time, and publishes
// one signed award that reveals the bids. It holds no money and follows no chain. docs/models/auctions.md.
import type { Inbound, Node, ReplyToken, TimerId, Verdict } from '@solvent/ports'
import {
  type Address,
  decodeCanonical,
  encodeCanonical,
  msToSeconds,
  type NodeId,
  type OrderId,
} from '@solvent/primitives'
import {
  orderDigest,
  type RefusalReason,
  type SignedBid,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import { controlRequest } from '../parts/node-status.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { type AuctionArchive, createAuctionArchive } from './auction-archive.ts'
import { AuctionPool, admitBid } from './auction-pool.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import { type AuctioneerRules, auctioneerRules } from './auctioneer-rules.ts'
import { AwardDesk } from './award-desk.ts'
import { isAuctioned } from './award-of.ts'
import { EarlyBids } from './early-bids.ts'

/** How long a bid waits for its order, ms of the node's clock. */
const EARLY_BID_WAIT_MS = 10_000

type Purpose =
  | { readonly kind: 'close'; readonly orderId: OrderId }
  | { readonly kind: 'answer-early'; readonly orderId: OrderId }

/**
 * An auctioneer node; `rules` are altered by tests that plant bugs.
 *
 * @example createAuctioneer({ spec, node: asNodeId('auctioneer-1') })(ports)
 */
export function createAuctioneer(
  init: AuctioneerInit,
  rules: AuctioneerRules = auctioneerRules,
): (ports: AuctioneerPorts) => Node<SolventVocabulary> {
  return (ports) => new Auctioneer(init, rules, ports)
}

class Auctioneer implements Node<SolventVocabulary> {
  readonly #init: AuctioneerInit
  readonly #ports: AuctioneerPorts
  readonly #self: Address
  readonly #nodeOfSolver: ReadonlyMap<Address, NodeId>
  readonly #pool = new AuctionPool()
  readonly #early = new EarlyBids()
  readonly #archive: AuctionArchive
  readonly #awards: AwardDesk
  readonly #timers: TimerTable<Purpose>
  #closed = 0

  constructor(init: AuctioneerInit, rules: AuctioneerRules, ports: AuctioneerPorts) {
    this.#init = init
    this.#ports = ports
    this.#self = ports.signer.address
    this.#nodeOfSolver = new Map(init.spec.solvers.map(({ address, node }) => [address, node]))
    this.#archive = createAuctionArchive(ports.store)
    this.#awards = new AwardDesk(rules, ports, this.#archive)
    this.#timers = createTimerTable(ports.timers)
  }

  start(): void {
    this.#ports.transport.subscribe('orders')
    this.#awards.resume()
    for (const { orderId, signed } of this.#archive.orders()) this.#reopen(orderId, signed)
  }

  stop(): void {}

  /** All state that must survive is in the store. */
  snapshot(): Uint8Array {
    return encodeCanonical({ closed: this.#closed })
  }

  restore(bytes: Uint8Array): void {
    this.#closed = (decodeCanonical(bytes) as { closed: number }).closed
  }

  onMessage(inbound: Inbound<SolventVocabulary>): Verdict {
    if (inbound.via === 'store') {
      this.#awards.onStore(inbound.ticket)
      return 'accept'
    }
    if (inbound.via === 'gossip' && inbound.message.type === 'order')
      return this.#onOrder(inbound.message.body)
    if (inbound.via !== 'request') return 'ignore'
    const { from, message, replyTo } = inbound
    if (message.type === 'bid') return this.#onBid(message.body, from, replyTo)
    return this.#onControl(inbound)
  }

  onTimer(timer: TimerId): void {
    const purpose = this.#timers.take(timer)
    if (purpose === undefined) return
    if (purpose.kind === 'close') this.#close(purpose.orderId)
    else for (const { replyTo } of this.#early.take(purpose.orderId)) this.#answer(replyTo, 'unknown-order')
  }

  #nowSeconds(): number {
    return msToSeconds(this.#ports.clock.nowMs())
  }

  #onOrder(signed: SignedOrder): Verdict {
    const { order, signature } = signed
    if (!isAuctioned(order) || order.award.auctioneer !== this.#self) return 'accept'
    const orderId = orderDigest(order)
    if (this.#pool.find(orderId) !== undefined || this.#awards.has(orderId)) return 'accept'
    // An order first seen after its auction is never awarded: its award may have been made and forgotten.
    if (this.#nowSeconds() > order.award.closesAt) return 'accept'
    const auction = this.#pool.open(orderId, order, signature)
    this.#archive.keepOrder(orderId, signed)
    this.#ports.log.event({ kind: 'order-accepted', orderId, order, signature })
    this.#timers.setAt(closingMs(order.award.closesAt), { kind: 'close', orderId })
    for (const early of this.#early.take(auction.orderId)) this.#decideBid(early.signed, early.replyTo)
    return 'accept'
  }

  #onBid(signed: SignedBid, from: NodeId, replyTo: ReplyToken): Verdict {
    const { bid } = signed
    if (bid.auctioneer !== this.#self) this.#answer(replyTo, 'not-my-order')
    else if (this.#nodeOfSolver.get(bid.solver) !== from) this.#answer(replyTo, 'not-authorised')
    else if (this.#pool.find(bid.orderId) !== undefined) this.#decideBid(signed, replyTo)
    else if (this.#awards.has(bid.orderId)) this.#answer(replyTo, 'auction-closed')
    else {
      const { kept, isFirst } = this.#early.add({ signed, replyTo })
      if (!kept) this.#answer(replyTo, 'unknown-order')
      if (isFirst) this.#timers.set(EARLY_BID_WAIT_MS, { kind: 'answer-early', orderId: bid.orderId })
    }
    return 'accept'
  }

  #decideBid(signed: SignedBid, replyTo: ReplyToken): void {
    const auction = this.#pool.find(signed.bid.orderId)
    if (auction === undefined) return this.#answer(replyTo, 'unknown-order')
    const admission = admitBid(auction, signed, this.#nowSeconds())
    if (admission.status === 'counted') this.#archive.keepBid(signed)
    if (admission.status === 'refused' && admission.reason === 'duplicate') {
      this.#ports.meter.count('bids-conflicting')
      this.#ports.log.text(
        'warn',
        `two different bids of ${signed.bid.solver} for order ${signed.bid.orderId}`,
      )
    }
    this.#answer(replyTo, admission.status === 'refused' ? admission.reason : null)
  }

  #answer(replyTo: ReplyToken, reason: RefusalReason | null): void {
    this.#ports.meter.count(reason === null ? 'bids-counted' : 'bids-refused')
    this.#ports.transport.reply(replyTo, { type: 'receipt', body: { accepted: reason === null, reason } })
  }

  #close(orderId: OrderId): void {
    const auction = this.#pool.close(orderId)
    if (auction === undefined) return
    this.#closed += 1
    this.#awards.award(auction)
  }

  #reopen(orderId: OrderId, signed: SignedOrder): void {
    const { order, signature } = signed
    if (!isAuctioned(order)) return
    const auction = this.#pool.open(orderId, order, signature)
    for (const bid of this.#archive.bids(orderId)) auction.bids.set(bid.bid.solver, bid)
    this.#timers.setAt(closingMs(order.award.closesAt), { kind: 'close', orderId })
  }

  #onControl(inbound: Inbound<SolventVocabulary>): Verdict {
    const { clock, transport } = this.#ports
    const request = controlRequest(this.#init.spec, this.#ports, inbound)
    if (request === null) return 'ignore'
    if (request === 'answered') return 'accept'
    if (request.control.kind !== 'status') request.answer({ kind: 'refused', reason: 'not-served' })
    else {
      const summary = `${this.#pool.size} auctions open, ${this.#closed} closed`
      const status = {
        node: transport.self,
        role: 'auctioneer',
        nowMs: clock.nowMs(),
        peers: 0,
        heads: [],
        summary,
      }
      request.answer({ kind: 'status', status })
    }
    return 'accept'
  }
}

/** Bids count through the whole last second, so that the auction closes when that second is over. */
function closingMs(closesAt: number): number {
  return (closesAt + 1) * 1_000
}
