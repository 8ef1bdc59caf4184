// The benchmark of the best offer: of each order that was awarded, the bids of the rivals that had counted, until the order's window to challenge has
// passed. A rival challenges by its signed bid, handed in again. When the window is over the best challenge is held against what the user was
// given: was that less, the winner, who had promised as much and let another price come, owes the difference. Only bids that had counted
// are heard: anybody can sign a better one afterwards. What is kept is in the store, fills are read from blocks again. Unix seconds.
import type { Store } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import {
  type Award,
  type Block,
  bidDigest,
  type Order,
  type RefusalReason,
  type RevealedBid,
  type SignedBid,
} from '@solvent/protocol'
import { type BenchmarkTerms, isBelowOffer } from '../parts/offer-benchmark.ts'
import type { BrokenAward } from './bond-desk.ts'

const STANDING = 'benchmark/'

/** After the last moment for a fill: it may be in a block that is still under way. */
const GRACE_SECONDS = 30

/** An order whose fill may be challenged. */
interface Standing {
  readonly award: Omit<BrokenAward, 'amount'>
  readonly fillDeadline: number
  readonly rivals: readonly RevealedBid[]
  /** The best challenge so far. */
  readonly challenge: RevealedBid | null
}

interface Fill {
  readonly solver: Address
  readonly amount: bigint
  readonly atSeconds: number
}

/** What a user was given less than a rival had bid. */
export interface WorseFill {
  /** Its amount is the difference. */
  readonly award: BrokenAward
  readonly challenger: Address
  readonly offered: bigint
  readonly delivered: bigint
}

export class BenchmarkDesk {
  readonly #terms: BenchmarkTerms
  readonly #store: Store
  readonly #onWorse: (fill: WorseFill) => void
  readonly #standing = new Map<OrderId, Standing>()
  readonly #fills = new Map<OrderId, Fill>()

  constructor(terms: BenchmarkTerms, store: Store, onWorse: (fill: WorseFill) => void) {
    this.#terms = terms
    this.#store = store
    this.#onWorse = onWorse
  }

  /** After a restart, and at the start. */
  resume(): void {
    for (const key of this.#store.keys(STANDING)) {
      const bytes = this.#store.get(key)
      if (bytes === undefined) continue
      const standing = decodeCanonical(bytes) as unknown as Standing
      this.#standing.set(standing.award.orderId, standing)
    }
  }

  /** An award was made to somebody. Bids of batches are for many orders at once, and stand for none of them alone. */
  awarded({ orderId, winner, bids }: Award, { output, user, fillDeadline, award }: Order): void {
    if (award.by !== 'auctioneer' || award.rule === 'fair-combinatorial') return
    const rivals = bids.filter(({ solver }) => solver !== winner)
    if (rivals.length === 0 || this.#standing.has(orderId)) return
    const { chainId, token } = output
    this.#keep({
      ...{ award: { orderId, winner, user, chainId, token }, fillDeadline, rivals },
      challenge: null,
    })
  }

  /** A bid that comes after the award; null: it is heard as a challenge. */
  challenge({ bid }: SignedBid, nowSeconds: number): RefusalReason | null {
    const standing = this.#standing.get(bid.orderId)
    const fill = this.#fills.get(bid.orderId)
    if (standing === undefined) return 'auction-closed'
    if (fill !== undefined && nowSeconds > fill.atSeconds + this.#terms.challengeSeconds) return 'expired'
    const digest = bidDigest(bid)
    const counted = standing.rivals.find(({ bidHash }) => bidHash === digest)
    if (counted === undefined) return 'not-committed'
    const { challenge } = standing
    if (challenge === null || counted.outputAmount > challenge.outputAmount)
      this.#keep({ ...standing, challenge: counted })
    return null
  }

  followed({ header: { chainId, timestamp }, receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'order-filled' && this.#standing.has(event.orderId)) {
          const { solver, outputAmount: amount } = event
          this.#fills.set(event.orderId, { solver, amount, atSeconds: timestamp })
        }
    for (const [orderId, standing] of this.#standing)
      if (standing.award.chainId === chainId && timestamp > this.#endOf(orderId, standing))
        this.#settle(orderId, standing)
  }

  /** A fill that was taken back counts when it is made again. */
  orphaned({ receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events) if (event.kind === 'order-filled') this.#fills.delete(event.orderId)
  }

  /** Of its window; without a fill nothing can be held against it. */
  #endOf(orderId: OrderId, { fillDeadline }: Standing): number {
    const fill = this.#fills.get(orderId)
    return fill === undefined ? fillDeadline + GRACE_SECONDS : fill.atSeconds + this.#terms.challengeSeconds
  }

  #settle(orderId: OrderId, { award, challenge }: Standing): void {
    const fill = this.#fills.get(orderId)
    this.#standing.delete(orderId)
    this.#fills.delete(orderId)
    this.#store.delete(STANDING + orderId)
    // Whoever filled it could have given what it had bid.
    if (fill === undefined || challenge === null || challenge.solver === fill.solver) return
    const { outputAmount: offered, solver: challenger } = challenge
    if (!isBelowOffer(fill.amount, offered, this.#terms)) return
    const amount = offered - fill.amount
    this.#onWorse({ award: { ...award, amount }, challenger, offered, delivered: fill.amount })
  }

  #keep(standing: Standing): void {
    const { orderId } = standing.award
    this.#standing.set(orderId, standing)
    this.#store.put(STANDING + orderId, encodeCanonical(standing))
  }
}
