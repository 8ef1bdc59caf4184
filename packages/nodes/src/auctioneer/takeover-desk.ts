// Orders of other members of a committee, for when these do not award them: a member that has heard no award when its turn comes asks for shares,
// opens what it can and awards in the other's place. Chains take its award from then on (protocol's award-authority.ts), so that two awards can
// stand only where the first came too late to be heard; then the chain goes by the one that is used first. What it follows is in memory: after a
// restart a member may have missed an award, and takes nothing over that it knew before.
import type { Inbound, TimerId } from '@solvent/ports'
import { type Address, msToSeconds, type OrderId, secondsToMs } from '@solvent/primitives'
import { awardsFrom, type SignedBid, type SignedOrder, type SolventVocabulary } from '@solvent/protocol'
import { type AuctionedOrder, isAuctioned } from '../parts/auctioned-order.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { type Auction, AuctionPool, admitOpenedBid } from './auction-pool.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import { OpeningDesk } from './opening-desk.ts'
import type { ShareKeeper } from './share-keeper.ts'

/** How long a member that takes over waits for shares before it awards; the next member's turn is later. */
const OPENING_SECONDS = 5

interface Due {
  readonly kind: 'open' | 'award'
  readonly orderId: OrderId
}

export interface TakeoverDeskInit {
  readonly init: AuctioneerInit
  readonly ports: AuctioneerPorts
  readonly keeper: ShareKeeper
  readonly award: (auction: Auction) => void
  readonly misdealt: (auction: Auction, solver: Address) => void
}

export class TakeoverDesk {
  readonly #parts: TakeoverDeskInit
  readonly #pool = new AuctionPool()
  readonly #timers: TimerTable<Due>
  readonly #openings: OpeningDesk

  constructor(parts: TakeoverDeskInit) {
    const { init, ports, keeper, misdealt } = parts
    this.#parts = parts
    this.#timers = createTimerTable(ports.timers)
    this.#openings = new OpeningDesk({
      ...{ init, ports, keeper, misdealt },
      pool: this.#pool,
      window: (award) => {
        const from = this.#turnOf(award) ?? award.closesAt
        return { from, until: from + OPENING_SECONDS - 1 }
      },
      opened: (signed) => this.#onOpened(signed),
    })
  }

  /** An order that names somebody else: followed if this node may award it one day. */
  follow(orderId: OrderId, { order, signature }: SignedOrder): void {
    if (!isAuctioned(order) || this.#pool.find(orderId) !== undefined) return
    const turn = this.#turnOf(order.award)
    if (turn === null || turn + OPENING_SECONDS > order.award.exclusiveUntil) return
    if (this.#nowSeconds() > order.award.closesAt) return
    this.#pool.open(orderId, order, signature)
    this.#timers.setAt(secondsToMs(turn), { kind: 'open', orderId })
    this.#timers.setAt(secondsToMs(turn + OPENING_SECONDS), { kind: 'award', orderId })
  }

  /** Somebody has awarded it. */
  awarded(orderId: OrderId): void {
    this.#pool.close(orderId)
    this.#openings.forget(orderId)
  }

  onMessage(inbound: Extract<Inbound<SolventVocabulary>, { via: 'reply' | 'failure' }>): boolean {
    return this.#openings.onMessage(inbound)
  }

  onTimer(timer: TimerId): boolean {
    if (this.#openings.onTimer(timer)) return true
    const due = this.#timers.take(timer)
    if (due === undefined) return false
    if (due.kind === 'open') this.#open(due.orderId)
    else this.#award(due.orderId)
    return true
  }

  #open(orderId: OrderId): void {
    const auction = this.#pool.find(orderId)
    if (auction === undefined) return
    for (const signed of this.#parts.keeper.sealedBids(orderId))
      if (signed.sealed.auctioneer === auction.order.award.auctioneer)
        auction.sealed.set(signed.sealed.solver, signed)
    this.#openings.plan(auction)
  }

  #award(orderId: OrderId): void {
    const auction = this.#pool.close(orderId)
    if (auction === undefined) return
    this.#openings.forget(orderId)
    this.#parts.ports.meter.count('awards-taken-over')
    this.#parts.award(auction)
  }

  #onOpened(signed: SignedBid): void {
    const auction = this.#pool.find(signed.bid.orderId)
    if (auction === undefined) return
    const { status } = admitOpenedBid(auction, signed)
    this.#parts.ports.meter.count(status === 'counted' ? 'bids-counted' : 'bids-refused')
  }

  #turnOf(award: AuctionedOrder['award']): number | null {
    return awardsFrom(this.#parts.init.spec, award, this.#parts.ports.signer.address)
  }

  #nowSeconds(): number {
    return msToSeconds(this.#parts.ports.clock.nowMs())
  }
}
