// What an auctioneer does as one of a committee: keeps shares of sealed bids, opens those of its own auctions with the others' shares, and awards
// in the place of a member that does not. Without a committee none of it comes up. docs/models/auctions.md.
import type { Inbound, TimerId } from '@solvent/ports'
import { type Address, msToSeconds, type OrderId } from '@solvent/primitives'
import {
  awardsFrom,
  lastBidSecond,
  type SignedBid,
  type SignedOrder,
  type SignedSealedBid,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { Auction, AuctionPool } from './auction-pool.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import { OpeningDesk } from './opening-desk.ts'
import { ShareKeeper } from './share-keeper.ts'
import { TakeoverDesk } from './takeover-desk.ts'

export interface CommitteeDeskInit {
  readonly init: AuctioneerInit
  readonly ports: AuctioneerPorts
  /** The auctions of orders that name this auctioneer. */
  readonly pool: AuctionPool
  /** A sealed bid of its own auction is open. */
  readonly opened: (signed: SignedBid) => void
  /** Decides an auction in another member's place. */
  readonly award: (auction: Auction) => void
  /** As many sound shares as it takes open something else than what the solver has signed. */
  readonly misdealt: (auction: Auction, solver: Address) => void
}

export class CommitteeDesk {
  readonly #init: AuctioneerInit
  readonly #ports: AuctioneerPorts
  readonly #keeper: ShareKeeper
  readonly #openings: OpeningDesk
  readonly #takeovers: TakeoverDesk

  constructor({ init, ports, pool, opened, award, misdealt }: CommitteeDeskInit) {
    this.#init = init
    this.#ports = ports
    this.#keeper = new ShareKeeper(init, ports)
    this.#openings = new OpeningDesk({
      ...{ init, ports, pool, keeper: this.#keeper, opened, misdealt },
      window: (terms) => ({ from: terms.closesAt + 1, until: lastBidSecond(terms) }),
    })
    this.#takeovers = new TakeoverDesk({ init, ports, keeper: this.#keeper, award, misdealt })
  }

  /** Members follow what others award. */
  start(): void {
    const { spec, node } = this.#init
    if (spec.sealCommittee?.members.includes(node) === true) this.#ports.transport.subscribe('awards')
  }

  /** What stands in the store is known again. */
  resume(): void {
    this.#keeper.resume()
  }

  /** An auction of its own is open. */
  plan(auction: Auction): void {
    this.#openings.plan(auction)
  }

  /** A bid was sealed to it. */
  onSealed(signed: SignedSealedBid): void {
    this.#openings.onSealed(signed)
  }

  /** An auction of its own is decided. */
  decided(orderId: OrderId): void {
    this.#openings.forget(orderId)
  }

  /** An order that names somebody else. */
  follow(orderId: OrderId, signed: SignedOrder): void {
    this.#takeovers.follow(orderId, signed)
  }

  /** Somebody has awarded it. */
  awarded(orderId: OrderId): void {
    this.#takeovers.awarded(orderId)
  }

  /** Back too late: by now another member may award it, or has. */
  isTakenOver({ order: { award } }: Auction): boolean {
    const { spec } = this.#init
    const now = msToSeconds(this.#ports.clock.nowMs())
    return spec.auctioneers.some(({ address }) => {
      const turn = address === this.#ports.signer.address ? null : awardsFrom(spec, award, address)
      return turn !== null && now >= turn
    })
  }

  /** Takes shares, requests for them, and what becomes of its own requests. */
  onMessage(inbound: Inbound<SolventVocabulary>): boolean {
    if (inbound.via === 'reply' || inbound.via === 'failure')
      return this.#openings.onMessage(inbound) || this.#takeovers.onMessage(inbound)
    if (inbound.via !== 'request') return false
    const { from, message, replyTo } = inbound
    if (message.type === 'bid-share') this.#keeper.onShare(message.body, from, replyTo)
    else if (message.type === 'share-request') this.#keeper.onRequest(message.body.orderId, from, replyTo)
    else return false
    return true
  }

  onTimer(timer: TimerId): boolean {
    return this.#openings.onTimer(timer) || this.#takeovers.onTimer(timer)
  }
}
