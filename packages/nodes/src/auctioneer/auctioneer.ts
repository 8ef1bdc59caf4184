// The auctioneer: collects sealed bids for the orders that name it, closes each auction at its time, and publishes
// one signed award that reveals the bids. It follows chains where it keeps a discipline. docs/models/auctions.md.
import type { Inbound, Node, TimerId, Verdict } from '@solvent/ports'
import {
  type Address,
  decodeCanonical,
  encodeCanonical,
  msToSeconds,
  type OrderId,
} from '@solvent/primitives'
import { orderDigest, type SignedAward, type SignedOrder, type SolventVocabulary } from '@solvent/protocol'
import { isAuctioned } from '../parts/auctioned-order.ts'
import { controlRequest } from '../parts/node-status.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { createNetworkFacts } from '../solver/network-facts.ts'
import { type AuctionArchive, createAuctionArchive } from './auction-archive.ts'
import { type Auction, AuctionPool } from './auction-pool.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import { type AuctioneerRules, auctioneerRules } from './auctioneer-rules.ts'
import { AwardDesk } from './award-desk.ts'
import { BatchDesk } from './batch-desk.ts'
import { BidIntake } from './bid-intake.ts'
import { type Closing, ClosingPlan } from './closing-plan.ts'
import { CommitteeDesk } from './committee-desk.ts'
import { ComplianceDesk } from './compliance-desk.ts'

type Purpose = Closing | { readonly kind: 'answer-early'; readonly orderId: OrderId }

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
  readonly #pool = new AuctionPool()
  readonly #intake: BidIntake
  readonly #archive: AuctionArchive
  readonly #awards: AwardDesk
  readonly #timers: TimerTable<Purpose>
  readonly #compliance: ComplianceDesk
  readonly #batches: BatchDesk
  readonly #closing: ClosingPlan
  readonly #committee: CommitteeDesk
  #closed = 0

  constructor(init: AuctioneerInit, rules: AuctioneerRules, ports: AuctioneerPorts) {
    this.#init = init
    this.#ports = ports
    this.#self = ports.signer.address
    this.#archive = createAuctionArchive(ports.store)
    const facts = createNetworkFacts(init.spec, init.prices ?? [])
    this.#batches = new BatchDesk(ports, facts)
    this.#compliance = new ComplianceDesk(init, ports, facts)
    this.#awards = new AwardDesk(rules, ports, this.#archive, {
      awarded: (award, order) => this.#compliance.awarded(award, order),
      weightOf: (solver) => this.#compliance.weightPpm(solver),
    })
    this.#timers = createTimerTable(ports.timers)
    this.#closing = new ClosingPlan((atMs, due) => void this.#timers.setAt(atMs, due))
    this.#committee = new CommitteeDesk({
      ...{ init, ports, pool: this.#pool },
      opened: (signed) => this.#intake.onCommitteeOpened(signed),
      award: (auction) => this.#awards.award(auction),
      misdealt: (auction, solver) => this.#onMisdealt(auction, solver),
    })
    const { challenge } = this.#compliance
    this.#intake = new BidIntake({
      init,
      ports,
      pool: this.#pool,
      archive: this.#archive,
      batches: this.#batches,
      admits: (solver) => this.#compliance.admits(solver),
      isAwarded: (orderId) => this.#awards.has(orderId),
      ...(challenge === undefined ? {} : { challenge }),
      sealed: (signed) => this.#committee.onSealed(signed),
      wakeEarly: (afterMs, orderId) => void this.#timers.set(afterMs, { kind: 'answer-early', orderId }),
    })
  }

  start(): void {
    this.#ports.transport.subscribe('orders')
    this.#committee.start()
    this.#batches.resume()
    this.#compliance.resume()
    this.#awards.resume()
    this.#committee.resume()
    this.#compliance.start()
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
    if (this.#compliance.onPayment(inbound)) return 'accept'
    if (inbound.via === 'store') {
      this.#awards.onStore(inbound.ticket)
      return 'accept'
    }
    if (inbound.via === 'gossip' && inbound.message.type === 'order')
      return this.#onOrder(inbound.message.body)
    if (inbound.via === 'gossip' && inbound.message.type === 'award')
      return this.#onAward(inbound.message.body)
    if (this.#committee.onMessage(inbound)) return 'accept'
    if (inbound.via !== 'request') return this.#compliance.onBlocks(inbound)
    const { from, message, replyTo } = inbound
    if (message.type === 'bid') this.#intake.onBid(message.body, from, replyTo)
    else if (message.type === 'solution') this.#intake.onSolution(message.body, from, replyTo)
    else if (message.type === 'sealed-bid') this.#intake.onSealedBid(message.body, from, replyTo)
    else return this.#onControl(inbound)
    return 'accept'
  }

  onTimer(timer: TimerId): void {
    if (this.#committee.onTimer(timer)) return
    const purpose = this.#timers.take(timer)
    if (purpose === undefined) this.#compliance.onTimer(timer)
    else if (purpose.kind === 'close') this.#close(purpose.orderId)
    else if (purpose.kind === 'close-batch') this.#closeBatch(purpose.closesAt)
    else this.#intake.answerEarly(purpose.orderId)
  }

  #nowSeconds(): number {
    return msToSeconds(this.#ports.clock.nowMs())
  }

  #onOrder(signed: SignedOrder): Verdict {
    const { order, signature } = signed
    if (!isAuctioned(order)) return 'accept'
    const orderId = orderDigest(order)
    if (order.award.auctioneer !== this.#self) {
      if (!this.#awards.has(orderId)) this.#committee.follow(orderId, signed)
      return 'accept'
    }
    if (this.#pool.find(orderId) !== undefined || this.#awards.has(orderId)) return 'accept'
    // An order first seen after its auction is never awarded: its award may have been made and forgotten.
    if (this.#nowSeconds() > order.award.closesAt) return 'accept'
    const auction = this.#pool.open(orderId, order, signature)
    this.#archive.keepOrder(orderId, signed)
    this.#ports.log.event({ kind: 'order-accepted', orderId, order, signature })
    this.#closing.plan(orderId, order.award)
    this.#committee.plan(auction)
    this.#intake.onOpened(auction)
    return 'accept'
  }

  #closeBatch(closesAt: number): void {
    this.#closing.batchClosed(closesAt)
    const auctions = this.#pool
      .all()
      .filter(({ order: { award } }) => award.rule === 'fair-combinatorial' && award.closesAt === closesAt)
    const { outcome, awards, filtered } = this.#batches.decide(this.#self, closesAt, auctions)
    this.#ports.log.event({ kind: 'batch-closed', batch: outcome })
    this.#compliance.batchDecided(outcome, filtered)
    for (const { orderId, order } of auctions) {
      this.#pool.close(orderId)
      this.#closed += 1
      const award = awards.get(orderId)
      if (award !== undefined) this.#awards.publishAward(order, award)
    }
  }

  #close(orderId: OrderId): void {
    const auction = this.#pool.close(orderId)
    if (auction === undefined) return
    this.#closed += 1
    this.#committee.decided(orderId)
    this.#noteUnopened(auction)
    if (this.#committee.isTakenOver(auction))
      this.#ports.log.text('warn', `order ${orderId} is left to the committee`)
    else this.#awards.award(auction)
  }

  /** Members follow what others award; a discipline's follower takes no part in it. */
  #onAward(signed: SignedAward): Verdict {
    this.#committee.awarded(signed.award.orderId)
    return 'accept'
  }

  #onMisdealt({ orderId, order }: Auction, solver: Address): void {
    this.#ports.meter.count('bids-misdealt')
    this.#compliance.unopened(orderId, solver, order.user)
  }

  #noteUnopened({ orderId, order, sealed, bids }: Auction): void {
    for (const solver of sealed.keys()) {
      if (bids.has(solver)) continue
      this.#ports.meter.count('commitments-unopened')
      // What a committee has not opened is not its solver's doing, unless it was dealt so.
      if (this.#init.spec.sealCommittee === undefined) this.#compliance.unopened(orderId, solver, order.user)
    }
  }

  #reopen(orderId: OrderId, signed: SignedOrder): void {
    const { order, signature } = signed
    if (!isAuctioned(order)) return
    const auction = this.#pool.open(orderId, order, signature)
    for (const each of this.#archive.sealedBids(orderId)) auction.sealed.set(each.sealed.solver, each)
    for (const bid of this.#archive.bids(orderId)) auction.bids.set(bid.bid.solver, bid)
    this.#committee.plan(auction)
    this.#closing.plan(orderId, order.award)
  }

  #onControl(inbound: Inbound<SolventVocabulary>): Verdict {
    const { clock, transport } = this.#ports
    const request = controlRequest(this.#init.spec, this.#ports, inbound, this.#compliance.follower)
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
