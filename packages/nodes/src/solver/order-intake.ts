// Orders and awards as gossip brings them, in any order and more than once: each order is considered once, and an award
// that comes before its order waits for it.
import type { Ports, Verdict } from '@solvent/ports'
import type { OrderId } from '@solvent/primitives'
import { orderDigest, type SignedAward, type SignedOrder, type SolventVocabulary } from '@solvent/protocol'
import type { BidDesk } from './bid-desk.ts'
import type { DirectDesk } from './direct-desk.ts'
import type { Filler } from './filler.ts'
import type { OrderPool } from './order-pool.ts'

/** Who is told of an order. */
export interface OrderTakers {
  readonly pool: OrderPool
  readonly bids: BidDesk
  readonly direct: DirectDesk
  readonly filler: Filler
  readonly log: Ports<SolventVocabulary>['log']
}

export class OrderIntake {
  readonly #pool: OrderPool
  readonly #bids: BidDesk
  readonly #direct: DirectDesk
  readonly #filler: Filler
  readonly #log: OrderTakers['log']

  constructor({ pool, bids, direct, filler, log }: OrderTakers) {
    this.#pool = pool
    this.#bids = bids
    this.#direct = direct
    this.#filler = filler
    this.#log = log
  }

  onOrder(signed: SignedOrder): Verdict {
    const orderId = orderDigest(signed.order)
    if (!this.#pool.add(orderId, signed)) return 'ignore'
    if (signed.order.award.by === 'auctioneer') this.#bids.consider(orderId, signed)
    else this.#considerDirect(orderId, signed)
    const award = this.#pool.takeAward(orderId)
    if (award !== null) this.#bids.onAward(award, signed)
    return 'accept'
  }

  onAward(signed: SignedAward): Verdict {
    const order = this.#pool.find(signed.award.orderId)
    if (order === undefined) this.#pool.keepAward(signed)
    else this.#bids.onAward(signed, order)
    return 'accept'
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
