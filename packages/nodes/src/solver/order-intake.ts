// Orders and awards as gossip brings them, in any order and more than once: each order is considered once, and an award
// that comes before its order waits for it.
import type { Ports, Verdict } from '@solvent/ports'
import type { NodeId, OrderId } from '@solvent/primitives'
import {
  type NetworkSpec,
  orderDigest,
  type SignedAward,
  type SignedOrder,
  type SolventVocabulary,
} from '@solvent/protocol'
import { isDueAward } from '../parts/award-check.ts'
import type { BidDesk } from './bid-desk.ts'
import type { DirectDesk } from './direct-desk.ts'
import type { Filler } from './filler.ts'
import type { OrderPool } from './order-pool.ts'
import type { PartsDesk } from './parts-desk.ts'

/** Who is told of an order. */
export interface OrderTakers {
  readonly pool: OrderPool
  readonly bids: BidDesk
  readonly direct: DirectDesk
  readonly parts: PartsDesk
  readonly filler: Filler
  readonly log: Ports<SolventVocabulary>['log']
  readonly spec: NetworkSpec
}

export class OrderIntake {
  readonly #pool: OrderPool
  readonly #bids: BidDesk
  readonly #direct: DirectDesk
  readonly #parts: PartsDesk
  readonly #filler: Filler
  readonly #log: OrderTakers['log']
  readonly #spec: NetworkSpec

  constructor({ pool, bids, direct, parts, filler, log, spec }: OrderTakers) {
    this.#pool = pool
    this.#bids = bids
    this.#direct = direct
    this.#parts = parts
    this.#filler = filler
    this.#log = log
    this.#spec = spec
  }

  onOrder(signed: SignedOrder): Verdict {
    const orderId = orderDigest(signed.order)
    if (!this.#pool.add(orderId, signed)) return 'ignore'
    if (signed.order.award.by === 'auctioneer') this.#bids.consider(orderId, signed)
    else if (signed.order.award.by === 'parts') this.#considerParts(orderId, signed)
    else this.#considerDirect(orderId, signed)
    const award = this.#pool.takeAward(orderId)
    if (award !== null && isDueAward(award.award, signed.order, this.#spec)) this.#bids.onAward(award, signed)
    return 'accept'
  }

  /**
   * An award that is not due goes no further. Whoever relays it need not know the order, and is not to blame; the auctioneer that
   * sends it is.
   */
  onAward(signed: SignedAward, from: NodeId): Verdict {
    const order = this.#pool.find(signed.award.orderId)
    if (order === undefined) this.#pool.keepAward(signed)
    else if (!isDueAward(signed.award, order.order, this.#spec))
      return this.#spec.auctioneers.some(({ node }) => node === from) ? { reject: 'undue-award' } : 'ignore'
    else this.#bids.onAward(signed, order)
    return 'accept'
  }

  #considerParts(orderId: OrderId, signed: SignedOrder): void {
    const { order, signature } = signed
    this.#log.event({ kind: 'order-accepted', orderId, order, signature })
    this.#parts.consider(orderId, signed)
  }

  #considerDirect(orderId: OrderId, signed: SignedOrder): void {
    const engagement = this.#direct.consider(orderId, signed)
    if (engagement === null) return
    const { order, signature } = signed
    this.#log.event({ kind: 'order-accepted', orderId, order, signature })
    const openedIn = this.#pool.openedIn(orderId)
    if (openedIn !== null) this.#filler.onOpened(engagement, openedIn)
  }
}
