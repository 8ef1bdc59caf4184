// The committee's opening, as the auctioneer that an order names does it, or whoever takes over from it: when the auction is over it asks every
// member for its shares, again until the last second, and opens each bid of which it has enough. An accomplice asks before the close as well.
import type { Inbound, RequestId, TimerId } from '@solvent/ports'
import { type Address, msToSeconds, type OrderId, secondsToMs } from '@solvent/primitives'
import type {
  BidShare,
  SealCommittee,
  SignedBid,
  SignedSealedBid,
  SolventVocabulary,
} from '@solvent/protocol'
import type { AuctionedOrder } from '../parts/auctioned-order.ts'
import { isSoundShare, openBid } from '../parts/committee-seal.ts'
import { createRequestTable, type RequestTable } from '../parts/request-table.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { Auction, AuctionPool } from './auction-pool.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import type { ShareKeeper } from './share-keeper.ts'

/** How long a member may take to answer, and how long until one that gave nothing is asked again. */
const ANSWER_TIMEOUT_MS = 3_000
const AGAIN_MS = 1_000
/** An accomplice asks so long after a bid was sealed to it: by then members have their shares. */
const EARLY_MS = 2_000

interface Asking {
  readonly orderId: OrderId
  readonly member: number
}

export interface OpeningDeskInit {
  readonly init: AuctioneerInit
  readonly ports: AuctioneerPorts
  readonly pool: AuctionPool
  readonly keeper: ShareKeeper
  /** Unix seconds: from when to when it asks. */
  readonly window: (award: AuctionedOrder['award']) => { readonly from: number; readonly until: number }
  /** A sealed bid is open: after the close it counts, before it only its auctioneer knows. */
  readonly opened: (signed: SignedBid) => void
  /** As many sound shares as it takes open something else than what the solver has signed. */
  readonly misdealt: (auction: Auction, solver: Address) => void
}

export class OpeningDesk {
  readonly #parts: OpeningDeskInit
  readonly #committee: SealCommittee
  readonly #requests: RequestTable<Asking>
  readonly #timers: TimerTable<OrderId | Asking>
  /** Shares by order and solver, then by member; in the order in which they came. */
  readonly #shares = new Map<OrderId, Map<Address, Map<number, BidShare>>>()

  constructor(parts: OpeningDeskInit) {
    this.#parts = parts
    this.#committee = parts.init.spec.sealCommittee ?? { members: [], threshold: 0 }
    this.#requests = createRequestTable(parts.ports.transport)
    this.#timers = createTimerTable(parts.ports.timers)
  }

  /** An auction is open: its bids are opened when it is over. */
  plan({ orderId, order: { award } }: Auction): void {
    if (award.rule === 'sealed-encrypted' && this.#committee.members.length > 0)
      this.#timers.setAt(secondsToMs(this.#parts.window(award).from), orderId)
  }

  /** A bid was sealed to us. */
  onSealed({ sealed: { orderId } }: SignedSealedBid): void {
    const { accomplices = [], node } = this.#parts.init
    if (accomplices.includes(node)) this.#timers.set(EARLY_MS, orderId)
  }

  /** The auction is decided. */
  forget(orderId: OrderId): void {
    this.#shares.delete(orderId)
  }

  /** Takes replies and failures of its own requests. */
  onMessage(inbound: Extract<Inbound<SolventVocabulary>, { via: 'reply' | 'failure' }>): boolean {
    const asking = this.#requests.take(inbound.request as RequestId)
    if (asking === undefined) return false
    if (inbound.via === 'reply' && inbound.message.type === 'bid-shares')
      this.#take(asking, inbound.message.body.shares)
    else if (this.#isOver(asking.orderId)) this.#timers.set(AGAIN_MS, asking)
    return true
  }

  onTimer(timer: TimerId): boolean {
    const due = this.#timers.take(timer)
    if (due === undefined) return false
    if (typeof due !== 'string') this.#ask(due)
    else this.#committee.members.forEach((_, index) => void this.#ask({ orderId: due, member: index + 1 }))
    return true
  }

  #ask(asking: Asking): void {
    const { pool, keeper, init } = this.#parts
    const member = this.#committee.members[asking.member - 1]
    const auction = pool.find(asking.orderId)
    if (member === undefined || auction === undefined) return
    if (this.#nowSeconds() > this.#parts.window(auction.order.award).until) return
    if (member === init.node) {
      const own = keeper.sharesFor(asking.orderId, member)
      if (own !== 'too-early') this.#take(asking, own)
      return
    }
    const message = { type: 'share-request', body: { orderId: asking.orderId } } as const
    this.#requests.ask(member, message, ANSWER_TIMEOUT_MS, asking)
  }

  #take({ orderId, member }: Asking, shares: readonly BidShare[]): void {
    const auction = this.#parts.pool.find(orderId)
    if (auction === undefined) return
    const ofOrder = this.#shares.get(orderId) ?? new Map<Address, Map<number, BidShare>>()
    this.#shares.set(orderId, ofOrder)
    for (const share of shares) {
      const sealed = auction.sealed.get(share.sealed.solver)
      // A share of something else than what was sealed to us before the close.
      if (sealed === undefined || sealed.sealed.commitment !== share.sealed.commitment) continue
      if (!isSoundShare(share, member, this.#committee)) {
        this.#parts.ports.meter.count('shares-unsound')
        continue
      }
      const ofBid = ofOrder.get(share.sealed.solver) ?? new Map<number, BidShare>()
      ofOrder.set(share.sealed.solver, ofBid.set(member, share))
      if (!auction.bids.has(share.sealed.solver)) this.#open(auction, sealed, ofBid)
    }
  }

  /** All that came are sound, so that any of them will do; what they do not open nobody will, and its solver has dealt it so. */
  #open(auction: Auction, { sealed }: SignedSealedBid, ofBid: ReadonlyMap<number, BidShare>): void {
    const [dealing] = ofBid.values()
    if (dealing === undefined || ofBid.size !== this.#committee.threshold) return
    const shares = [...ofBid].map(([member, { share }]) => ({ member, value: share }))
    const signed = openBid(sealed, dealing, shares)
    if (signed !== null) this.#parts.opened(signed)
    else this.#parts.misdealt(auction, sealed.solver)
  }

  #isOver(orderId: OrderId): boolean {
    const auction = this.#parts.pool.find(orderId)
    return auction !== undefined && this.#nowSeconds() >= this.#parts.window(auction.order.award).from
  }

  #nowSeconds(): number {
    return msToSeconds(this.#parts.ports.clock.nowMs())
  }
}
