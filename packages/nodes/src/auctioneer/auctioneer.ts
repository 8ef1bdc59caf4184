// The auctioneer: collects sealed bids for the orders that name it, closes each auction at its time, and publishes
// one signed award that reveals the bids. It holds no money and follows no chain. docs/models/auctions.md.
import type { Inbound, Node, Ports, ReplyToken, TimerId, Verdict } from '@solvent/ports'
import {
  type Address,
  decodeCanonical,
  encodeCanonical,
  msToSeconds,
  type NodeId,
  type OrderId,
} from '@solvent/primitives'
import {
  awardDigest,
  type NetworkSpec,
  type Order,
  orderDigest,
  type RefusalReason,
  type SignedAward,
  type SignedBid,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import { controlRequest } from '../parts/node-status.ts'
import { createOutbox, type Outbox } from '../parts/outbox.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { type AuctionArchive, createAuctionArchive } from './auction-archive.ts'
import { AuctionPool, admitBid } from './auction-pool.ts'
import { type AuctioneerRules, auctioneerRules } from './auctioneer-rules.ts'
import { awardOf, isAuctioned } from './award-of.ts'
import { EarlyBids } from './early-bids.ts'

/** Plain data that an auctioneer is made from. */
export interface AuctioneerInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
}

export type AuctioneerPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>

/** How long a bid waits for its order, ms of the node's clock. */
const EARLY_BID_WAIT_MS = 10_000
/** Awards are kept this long after their exclusivity has ended; nothing can be done with them afterwards. */
const AWARD_KEPT_SECONDS = 3_600

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
  readonly #rules: AuctioneerRules
  readonly #ports: AuctioneerPorts
  readonly #self: Address
  readonly #nodeOfSolver: ReadonlyMap<Address, NodeId>
  readonly #pool = new AuctionPool()
  readonly #early = new EarlyBids()
  readonly #archive: AuctionArchive
  readonly #outbox: Outbox
  readonly #timers: TimerTable<Purpose>
  /** Slots of awards that still stand in the store, oldest first. */
  readonly #awarded: { readonly orderId: OrderId; readonly exclusiveUntil: number }[] = []
  #closed = 0

  constructor(init: AuctioneerInit, rules: AuctioneerRules, ports: AuctioneerPorts) {
    this.#init = init
    this.#rules = rules
    this.#ports = ports
    this.#self = ports.signer.address
    this.#nodeOfSolver = new Map(init.spec.solvers.map(({ address, node }) => [address, node]))
    this.#archive = createAuctionArchive(ports.store)
    this.#outbox = createOutbox(ports)
    this.#timers = createTimerTable(ports.timers)
  }

  start(): void {
    this.#ports.transport.subscribe('orders')
    this.#outbox.resume<SignedAward>('award/', ({ value }) => this.#announceAgain(value))
    this.#awarded.sort((a, b) => a.exclusiveUntil - b.exclusiveUntil)
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
      this.#outbox.onStore(inbound.ticket)
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
    if (this.#pool.find(orderId) !== undefined || this.#outbox.has(awardSlot(orderId))) return 'accept'
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
    else if (this.#outbox.has(awardSlot(bid.orderId))) this.#answer(replyTo, 'auction-closed')
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
    const { order } = auction
    const award = awardOf(orderId, order, [...auction.bids.values()], this.#rules.auctionOf)
    const digest = awardDigest(award)
    const signed: SignedAward = { award, signature: this.#ports.signer.sign(digest) }
    this.#closed += 1
    this.#outbox.commit({ slot: awardSlot(orderId), digest, value: signed }, () => {
      this.#announce(order, signed, [...auction.bids.keys()])
    })
    this.#awarded.push({ orderId, exclusiveUntil: award.exclusiveUntil })
    this.#forgetOldAwards()
  }

  #announce(order: Order, signed: SignedAward, bidders: readonly Address[]): void {
    this.#archive.forget(signed.award.orderId, bidders)
    this.#ports.log.event({ kind: 'auction-closed', award: signed.award, order })
    this.#publish(signed)
  }

  /** After a restart: the award may have been stored and not published, or published and not recorded. */
  #announceAgain(signed: SignedAward): void {
    const { orderId, exclusiveUntil } = signed.award
    this.#awarded.push({ orderId, exclusiveUntil })
    const archived = this.#archive.order(orderId)
    if (archived === undefined) this.#publish(signed)
    else
      this.#announce(
        archived.order,
        signed,
        this.#archive.bids(orderId).map(({ bid }) => bid.solver),
      )
  }

  #publish(signed: SignedAward): void {
    if (signed.award.exclusiveUntil < this.#nowSeconds()) return
    this.#ports.transport.publish('awards', { type: 'award', body: signed })
  }

  #reopen(orderId: OrderId, signed: SignedOrder): void {
    const { order, signature } = signed
    if (!isAuctioned(order)) return
    const auction = this.#pool.open(orderId, order, signature)
    for (const bid of this.#archive.bids(orderId)) auction.bids.set(bid.bid.solver, bid)
    this.#timers.setAt(closingMs(order.award.closesAt), { kind: 'close', orderId })
  }

  #forgetOldAwards(): void {
    const oldest = this.#nowSeconds() - AWARD_KEPT_SECONDS
    while (this.#awarded[0] !== undefined && this.#awarded[0].exclusiveUntil < oldest) {
      const old = this.#awarded.shift()
      if (old !== undefined) this.#outbox.forget(awardSlot(old.orderId))
    }
  }

  #onControl(inbound: Inbound<SolventVocabulary>): Verdict {
    const { clock, transport } = this.#ports
    const request = controlRequest(this.#init.spec, transport, inbound)
    if (request === null) return 'ignore'
    if (request === 'refused') return 'accept'
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

function awardSlot(orderId: OrderId): string {
  return `award/${orderId}`
}
