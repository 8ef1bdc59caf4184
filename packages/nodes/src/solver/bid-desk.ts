// Sealed bids: from an order that an auctioneer awards to one signed bid, stored before it is sent, and from the award to
// an order that is ours or inventory that is free again.
import type { Inbound, TimerId } from '@solvent/ports'
import type { NodeId, OrderId } from '@solvent/primitives'
import {
  type AuctionRule,
  awardsFrom,
  bidDigest,
  type SideChannelMessage,
  type SignedAward,
  type SignedBid,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { OfferUse } from '@solvent/strategies'
import { type AuctionedOrder, isAuctioned } from '../parts/auctioned-order.ts'
import { readSignedOrder, signedOrderBytes } from '../parts/signed-order-bytes.ts'
import { resumeTerms } from './admission.ts'
import { BidCourier } from './bid-courier.ts'
import { dealOfOrder } from './deal.ts'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import { priceDeal } from './price-desk.ts'
import { afterFee } from './protocol-fee.ts'
import { type Heard, SideChannel } from './side-channel.ts'
import { slowCutoff } from './slow-ledger.ts'
import { SolutionDesk } from './solution-desk.ts'
import type { SolverBooks } from './solver-books.ts'
import { TenderDesk } from './tender-desk.ts'

/** What an offer is used for under each rule where its own price is not what the winner owes, or it is not decided at once. */
const OFFER_USE: Readonly<Partial<Record<AuctionRule, OfferUse>>> = {
  'second-price': 'second-price',
  'request-for-quote': 'quote',
  'sealed-encrypted': 'sealed-encrypted',
  'fair-combinatorial': 'fair-combinatorial',
}

/** Who is told how an auction has ended. */
export interface AuctionEnds {
  readonly won: (engagement: Engagement) => void
  /** `offer`: what was bid, base units of the output. */
  readonly lost: (orderId: OrderId, signed: SignedOrder, order: AuctionedOrder, offer: bigint) => void
}

export class BidDesk {
  readonly #books: SolverBooks
  readonly #desk: EngagementDesk
  readonly #on: AuctionEnds
  readonly #courier: BidCourier
  readonly #side: SideChannel
  readonly #solutions: SolutionDesk
  readonly #tenders: TenderDesk

  constructor(books: SolverBooks, desk: EngagementDesk, on: AuctionEnds) {
    this.#books = books
    this.#desk = desk
    this.#on = on
    this.#courier = new BidCourier(books, (signed) => this.#onRefused(signed))
    this.#solutions = new SolutionDesk(books)
    this.#side = new SideChannel(books, (orderId, signed, heard) => {
      if (isAuctioned(signed.order)) this.#offer(orderId, signed, signed.order, heard)
    })
    this.#tenders = new TenderDesk(books)
  }

  /** Bids for an order, at most once. */
  consider(orderId: OrderId, signed: SignedOrder): void {
    const { order } = signed
    if (!isAuctioned(order) || this.#books.nowSeconds() > order.award.closesAt) return
    const auctioneer = this.#books.facts.auctioneer(order.award.auctioneer)
    if (auctioneer === undefined || this.#books.outbox.has(bidSlot(orderId))) return
    if (!this.#side.waitWith(orderId, signed, order)) this.#offer(orderId, signed, order, {})
  }

  #offer(orderId: OrderId, signed: SignedOrder, order: AuctionedOrder, heard: Partial<Heard>): void {
    const { closesAt, rule } = order.award
    const pastAuctions = this.#books.memory.recall(order, closesAt)
    const pricing = priceDeal(this.#books, dealOfOrder(order, this.#books.nowSeconds()), {
      use: OFFER_USE[rule] ?? 'first-price',
      cutoff: slowCutoff(closesAt),
      pastAuctions,
      tender: { id: orderId, time: closesAt, user: order.user, ...heard },
    })
    if (pricing.status === 'declined') return this.#decline(orderId, pricing.reason)
    const isBatched = rule === 'fair-combinatorial'
    const { outputAmount } = pricing
    const toUser = (amount: bigint) =>
      afterFee(amount, order.output.minAmount, this.#books.init.batchFeeBps ?? 0)
    const engagement = this.#desk.begin({
      orderId,
      signed,
      terms: pricing.terms,
      basis: 'auction',
      stage: 'bidding',
      offer: isBatched ? toUser(this.#solutions.togetherWith(outputAmount)) : outputAmount,
      reserve: 'bid',
    })
    if (engagement === null) return this.#decline(orderId, 'no-inventory')
    if (!isBatched) return this.#place(engagement, order)
    const amounts = { alone: toUser(outputAmount), together: engagement.offer }
    if (!this.#solutions.add(orderId, order, amounts)) this.#desk.end(engagement, 'refused')
  }

  /** An award of an order we know; door and gossip have checked its signature. */
  onAward(signed: SignedAward, signedOrder: SignedOrder): void {
    const { award } = signed
    const { order } = signedOrder
    if (!isAuctioned(order) || !this.#mayAward(award, order)) return
    this.#books.memory.remember(award, order)
    const { strategy, distress } = this.#books
    const isHonoured = !distress.isInDefault && (strategy.honours?.(award.orderId) ?? true)
    this.#tenders.onAward(award, order, isHonoured)
    const engagement = this.#desk.find(award.orderId)
    if (engagement === undefined || engagement.stage !== 'bidding') return
    const { self } = this.#books
    if (award.winner !== self) {
      this.#desk.end(engagement, award.outputAmount === 0n ? 'no-award' : 'lost')
      return this.#on.lost(award.orderId, signedOrder, order, engagement.offer)
    }
    // An auctioneer may not make us owe more than we bid.
    if (award.outputAmount > engagement.offer) return this.#desk.end(engagement, 'refused')
    // A fade: the exclusivity that was won is let pass.
    if (!isHonoured) return this.#desk.end(engagement, 'refused')
    engagement.award = signed
    engagement.stage = 'opening'
    this.#desk.keep(engagement, order.award.closesAt)
    this.#on.won(engagement)
  }

  /** Before its turn a member of a committee is not heard: chains would not take it, and the award of the one that is named may still come. */
  #mayAward({ auctioneer }: SignedAward['award'], { award }: AuctionedOrder): boolean {
    const from = awardsFrom(this.#books.facts.spec, award, auctioneer)
    return from !== null && this.#books.nowSeconds() >= from
  }

  /** What another node says beside the rules; false when it is not listened to. */
  hear(body: Extract<SideChannelMessage, { kind: 'cost' | 'rival-bid' }>, from: NodeId): boolean {
    return this.#side.hear(body, from)
  }

  /** Takes replies and failures of its own requests. */
  onMessage(inbound: Extract<Inbound<SolventVocabulary>, { via: 'reply' | 'failure' }>): boolean {
    return this.#courier.onMessage(inbound) || this.#solutions.onMessage(inbound)
  }

  onTimer(timer: TimerId): boolean {
    return this.#side.onTimer(timer) || this.#courier.onTimer(timer) || this.#solutions.onTimer(timer)
  }

  /** After a restart: bids that may still win stand as they were; the others are forgotten. */
  resume(): void {
    this.#tenders.resume()
    this.#solutions.resume()
    this.#books.outbox.resume<StoredBid>('bid/', ({ value }) => this.#resumeOne(value))
  }

  #place(engagement: Engagement, order: AuctionedOrder): void {
    const { self, ports, outbox } = this.#books
    const { orderId, offer, signed } = engagement
    const bid = { orderId, auctioneer: order.award.auctioneer, solver: self, outputAmount: offer }
    const bidHash = bidDigest(bid)
    const signedBid: SignedBid = { bid, signature: ports.signer.sign(bidHash) }
    const stored: StoredBid = { order: signedOrderBytes(signed), bid: signedBid }
    const outcome = outbox.commit({ slot: bidSlot(orderId), digest: bidHash, value: stored }, () => {
      ports.log.event({ kind: 'bid-placed', orderId, solver: self, outputAmount: offer, bidHash })
      this.#courier.carry(signedBid, order)
    })
    if (outcome.status === 'refused') this.#desk.end(engagement, 'refused')
  }

  #onRefused({ bid }: SignedBid): void {
    const engagement = this.#desk.find(bid.orderId)
    if (engagement?.stage === 'bidding') this.#desk.end(engagement, 'refused')
  }

  #resumeOne({ order: orderBytes, bid }: StoredBid): void {
    const signed = readSignedOrder(orderBytes)
    const { order } = signed
    const { orderId, outputAmount } = bid.bid
    if (!isAuctioned(order) || this.#desk.find(orderId) !== undefined) return
    const nowSeconds = this.#books.nowSeconds()
    if (nowSeconds > order.award.exclusiveUntil) return this.#books.outbox.forget(bidSlot(orderId))
    const { facts, init } = this.#books
    const deal = dealOfOrder(order, nowSeconds)
    const valueE8 = facts.valueE8(deal.originChainId, deal.input.token, deal.input.amount)
    const level = init.risk.confirmationsByValue.find(({ upToE8 }) => valueE8 <= upToE8)?.level ?? 'finalized'
    const terms = resumeTerms(deal, level, facts)
    if (terms === null) return
    const stage = 'bidding'
    const basis = 'auction'
    this.#desk.resumeBidding({
      orderId,
      signed,
      terms,
      basis,
      stage,
      offer: outputAmount,
      award: null,
      isPromised: false,
      openedIn: null,
    })
    this.#courier.carry(bid, order)
  }

  #decline(orderId: OrderId, reason: string): void {
    const { ports, self } = this.#books
    ports.log.event({ kind: 'bid-declined', orderId, solver: self, reason })
  }
}

/** What the outbox keeps of a bid: enough to stand by it after a restart. */
interface StoredBid {
  readonly order: Uint8Array
  readonly bid: SignedBid
}

function bidSlot(orderId: OrderId): string {
  return `bid/${orderId}`
}
