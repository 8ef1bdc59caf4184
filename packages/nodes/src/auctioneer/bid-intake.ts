// Bids and commitments as they come: whether each of them counts, and the receipt that says so.
import type { ReplyToken } from '@solvent/ports'
import { type Address, msToSeconds, type NodeId, type OrderId } from '@solvent/primitives'
import type { RefusalReason, SignedBid, SignedSealedBid, SignedSolution } from '@solvent/protocol'
import type { AuctionArchive } from './auction-archive.ts'
import {
  type Auction,
  type AuctionPool,
  admitBid,
  admitOpenedBid,
  admitSealedBid,
  type BidAdmission,
} from './auction-pool.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import type { BatchDesk } from './batch-desk.ts'
import { leakBid } from './bid-leak.ts'
import { EarlyBids } from './early-bids.ts'

/** How long a bid waits for its order, ms of the node's clock. */
const EARLY_BID_WAIT_MS = 10_000

export interface BidIntakeInit {
  readonly init: AuctioneerInit
  readonly ports: AuctioneerPorts
  readonly pool: AuctionPool
  readonly archive: AuctionArchive
  readonly batches: BatchDesk
  /** Whether bids of a solver are taken now. */
  readonly admits: (solver: Address) => boolean
  /** Whether the order's award is made, or about to be. */
  readonly isAwarded: (orderId: OrderId) => boolean
  /** A bid for an order that is awarded already, against its fill; absent: none is heard. Null: it is. */
  readonly challenge?: (signed: SignedBid, nowSeconds: number) => RefusalReason | null
  /** A sealed bid counts, unread. */
  readonly sealed: (signed: SignedSealedBid) => void
  /** Wakes `answerEarly` after so long. */
  readonly wakeEarly: (afterMs: number, orderId: OrderId) => void
}

type Bidder = { readonly orderId: OrderId; readonly auctioneer: Address; readonly solver: Address }

export class BidIntake {
  readonly #parts: BidIntakeInit
  readonly #nodeOfSolver: ReadonlyMap<Address, NodeId>
  readonly #early = new EarlyBids()

  constructor(parts: BidIntakeInit) {
    this.#parts = parts
    this.#nodeOfSolver = new Map(parts.init.spec.solvers.map(({ address, node }) => [address, node]))
  }

  onBid(signed: SignedBid, from: NodeId, replyTo: ReplyToken): void {
    const { bid } = signed
    const refusal = this.#refusalOf(bid, from)
    if (refusal !== null) this.#answer(replyTo, this.#heardLate(signed, refusal))
    else if (this.#isCommittees(bid.orderId)) this.#answer(replyTo, 'not-committed')
    else if (this.#parts.pool.find(bid.orderId) !== undefined) this.#decide(signed, replyTo)
    else {
      const { kept, isFirst } = this.#early.add({ signed, replyTo })
      if (!kept) this.#answer(replyTo, 'unknown-order')
      if (isFirst) this.#parts.wakeEarly(EARLY_BID_WAIT_MS, bid.orderId)
    }
  }

  /** A commitment does not wait for its order: it is asked for again. */
  onSealedBid(signed: SignedSealedBid, from: NodeId, replyTo: ReplyToken): void {
    const { sealed } = signed
    const refusal = this.#refusalOf(sealed, from)
    const auction = this.#parts.pool.find(sealed.orderId)
    if (refusal !== null) return this.#answer(replyTo, refusal)
    if (auction === undefined) return this.#answer(replyTo, 'unknown-order')
    const admission = admitSealedBid(auction, signed, this.#nowSeconds())
    if (admission.status === 'counted') {
      this.#parts.archive.keepSealedBid(signed)
      this.#parts.sealed(signed)
    }
    this.#tell(admission, sealed, replyTo)
  }

  /** The committee has opened a bid: what counts after the close is known to nobody before it, unless somebody has opened it too early. */
  onCommitteeOpened(signed: SignedBid): void {
    const auction = this.#parts.pool.find(signed.bid.orderId)
    if (auction === undefined) return
    if (this.#nowSeconds() <= auction.order.award.closesAt) {
      this.#parts.ports.meter.count('bids-opened-early')
      return this.#leak(signed)
    }
    const { status } = admitOpenedBid(auction, signed)
    this.#parts.ports.meter.count(status === 'counted' ? 'bids-counted' : 'bids-refused')
    if (status === 'counted') this.#parts.archive.keepBid(signed)
  }

  onSolution(signed: SignedSolution, from: NodeId, replyTo: ReplyToken): void {
    const { solver, auctioneer } = signed.solution
    const { batches, pool, admits, ports } = this.#parts
    if (auctioneer !== ports.signer.address) this.#answer(replyTo, 'not-my-order')
    else if (this.#nodeOfSolver.get(solver) !== from) this.#answer(replyTo, 'not-authorised')
    else if (!admits(solver)) this.#answer(replyTo, 'barred')
    else
      this.#answer(
        replyTo,
        batches.add(signed, (orderId) => pool.find(orderId), this.#nowSeconds()),
      )
  }

  /** The order has come: whoever waited for it is decided on. */
  onOpened({ orderId }: Auction): void {
    for (const early of this.#early.take(orderId)) this.#decide(early.signed, early.replyTo)
  }

  /** It has not come in time. */
  answerEarly(orderId: OrderId): void {
    for (const { replyTo } of this.#early.take(orderId)) this.#answer(replyTo, 'unknown-order')
  }

  /** Bids that a committee opens are not opened by their solvers. */
  #isCommittees(orderId: OrderId): boolean {
    const { init, pool } = this.#parts
    return (
      init.spec.sealCommittee !== undefined && pool.find(orderId)?.order.award.rule === 'sealed-encrypted'
    )
  }

  #refusalOf({ orderId, auctioneer, solver }: Bidder, from: NodeId): RefusalReason | null {
    if (auctioneer !== this.#parts.ports.signer.address) return 'not-my-order'
    if (this.#nodeOfSolver.get(solver) !== from) return 'not-authorised'
    if (!this.#parts.admits(solver)) return 'barred'
    if (this.#parts.pool.find(orderId) !== undefined) return null
    return this.#parts.isAwarded(orderId) ? 'auction-closed' : null
  }

  /** A bid that comes after the award is a challenge of its fill; whoever may not bid any more may still hold one that had counted against it. */
  #heardLate(signed: SignedBid, refusal: RefusalReason): RefusalReason | null {
    const { challenge, isAwarded } = this.#parts
    const isLate = refusal === 'auction-closed' || refusal === 'barred'
    if (challenge === undefined || !isLate || !isAwarded(signed.bid.orderId)) return refusal
    return challenge(signed, this.#nowSeconds())
  }

  #decide(signed: SignedBid, replyTo: ReplyToken): void {
    const auction = this.#parts.pool.find(signed.bid.orderId)
    if (auction === undefined) return this.#answer(replyTo, 'unknown-order')
    const admission = admitBid(auction, signed, this.#nowSeconds())
    if (admission.status === 'counted') {
      this.#parts.archive.keepBid(signed)
      this.#leak(signed)
    }
    this.#tell(admission, signed.bid, replyTo)
  }

  #leak(signed: SignedBid): void {
    leakBid(this.#parts.init, this.#parts.ports, this.#nodeOfSolver, signed)
  }

  #tell(admission: BidAdmission, { solver, orderId }: Bidder, replyTo: ReplyToken): void {
    const { meter, log } = this.#parts.ports
    if (admission.status === 'refused' && admission.reason === 'duplicate') {
      meter.count('bids-conflicting')
      log.text('warn', `two different bids of ${solver} for order ${orderId}`)
    }
    this.#answer(replyTo, admission.status === 'refused' ? admission.reason : null)
  }

  #answer(replyTo: ReplyToken, reason: RefusalReason | null): void {
    const { meter, transport } = this.#parts.ports
    meter.count(reason === null ? 'bids-counted' : 'bids-refused')
    transport.reply(replyTo, { type: 'receipt', body: { accepted: reason === null, reason } })
  }

  #nowSeconds(): number {
    return msToSeconds(this.#parts.ports.clock.nowMs())
  }
}
