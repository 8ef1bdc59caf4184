// A limit order book with price–time priority: the best price first, at one price who came first, at the price of the order
// that waited. Prices in whole ticks, sizes in whole lots, so that nothing is ever rounded. Sources: Gould et al., Limit order
// books (Quantitative Finance 13, 2013), §3; times in force as exchanges name them (FIX 4.4, tag 59). Tokens are moved by
// whoever calls: a fill is worth priceTicks · lots of the coin that prices count in.
import type { StateMap } from '../../ledger/state-map.ts'
import { type Outcome, refused } from '../../outcome.ts'
import { MAX_KEY } from '../../queues/key-set.ts'
import { LevelQueues, type LevelQueuesState, plainLevelQueues } from '../../queues/level-queues.ts'

export type Side = 'buy' | 'sell'

/**
 * `good-till-cancelled` rests with what is not filled at once, `immediate-or-cancel` drops it, `fill-or-kill` is refused
 * unless all of it is filled at once, `post-only` is refused if any of it were.
 */
export type TimeInForce = 'good-till-cancelled' | 'immediate-or-cancel' | 'fill-or-kill' | 'post-only'

export interface LimitOrder {
  /** Unique among the orders of a book that rest. */
  readonly id: number
  readonly owner: string
  readonly side: Side
  readonly priceTicks: number
  readonly lots: bigint
  readonly timeInForce: TimeInForce
}

export interface RestingOrder {
  readonly owner: string
  readonly side: Side
  readonly priceTicks: number
  /** Not yet filled. */
  readonly lots: bigint
}

export interface Fill {
  readonly makerId: number
  readonly maker: string
  readonly priceTicks: number
  readonly lots: bigint
}

export interface OrderBookState {
  readonly orders: StateMap<number, RestingOrder>
  readonly buys: LevelQueuesState<number>
  readonly sells: LevelQueuesState<number>
}

export type PlaceRefusal = 'zero-lots' | 'price-out-of-range' | 'known-id' | 'would-take' | 'cannot-fill'

/** Prices go from 1 to this. */
export const MAX_PRICE_TICKS = MAX_KEY

export class OrderBook {
  readonly #orders: StateMap<number, RestingOrder>
  readonly #queues: Readonly<Record<Side, LevelQueues<number>>>

  constructor(state: OrderBookState) {
    this.#orders = state.orders
    this.#queues = { buy: new LevelQueues(state.buys), sell: new LevelQueues(state.sells) }
  }

  /** The price at which the next one to sell (or to buy) would trade; null when nobody waits there. */
  best(side: Side): number | null {
    return side === 'buy' ? this.#queues.buy.highest() : this.#queues.sell.lowest()
  }

  order(id: number): RestingOrder | undefined {
    return this.#orders.get(id)
  }

  /** Fills what it can against the other side, and rests or drops the remainder as its time in force says. */
  place(
    order: LimitOrder,
  ): Outcome<{ readonly fills: readonly Fill[]; readonly restingLots: bigint }, PlaceRefusal> {
    const { id, owner, side, priceTicks, lots, timeInForce } = order
    if (lots <= 0n) return refused('zero-lots')
    if (!Number.isInteger(priceTicks) || priceTicks < 1 || priceTicks > MAX_PRICE_TICKS)
      return refused('price-out-of-range')
    if (this.#orders.get(id) !== undefined) return refused('known-id')
    if (timeInForce === 'post-only' && this.#isCrossed(side, priceTicks)) return refused('would-take')
    if (timeInForce === 'fill-or-kill' && this.#available(side, priceTicks, lots) < lots)
      return refused('cannot-fill')
    const fills: Fill[] = []
    const left = this.#take(side, priceTicks, lots, fills)
    const rests = timeInForce === 'good-till-cancelled' || timeInForce === 'post-only'
    if (!rests || left === 0n) return { status: 'ok', fills, restingLots: 0n }
    this.#orders.set(id, { owner, side, priceTicks, lots: left })
    this.#queues[side].join(id, priceTicks)
    return { status: 'ok', fills, restingLots: left }
  }

  /** Takes an order out; only its owner may. */
  cancel(
    id: number,
    owner: string,
  ): Outcome<{ readonly order: RestingOrder }, 'unknown-order' | 'not-owner'> {
    const order = this.#orders.get(id)
    if (order === undefined) return refused('unknown-order')
    if (order.owner !== owner) return refused('not-owner')
    this.#orders.delete(id)
    this.#queues[order.side].leave(id)
    return { status: 'ok', order }
  }

  #take(side: Side, limitTicks: number, lots: bigint, fills: Fill[]): bigint {
    const facing = this.#queues[opposite(side)]
    let left = lots
    for (;;) {
      const price = this.#crossedPrice(side, limitTicks)
      if (price === null) return left
      let makerId = facing.first(price)
      while (makerId !== null) {
        const maker = this.#orders.get(makerId) as RestingOrder
        const filled = maker.lots < left ? maker.lots : left
        fills.push({ makerId, maker: maker.owner, priceTicks: price, lots: filled })
        left -= filled
        if (filled < maker.lots) {
          const { owner, side: makerSide, priceTicks } = maker
          this.#orders.set(makerId, { owner, side: makerSide, priceTicks, lots: maker.lots - filled })
          return 0n
        }
        const next = facing.after(makerId)
        this.#orders.delete(makerId)
        facing.leave(makerId)
        if (left === 0n) return 0n
        makerId = next
      }
    }
  }

  /** How much an order could fill at once, counted up to what it asks for. */
  #available(side: Side, limitTicks: number, lots: bigint): bigint {
    const facing = this.#queues[opposite(side)]
    let found = 0n
    let price = this.#crossedPrice(side, limitTicks)
    while (price !== null) {
      for (let id = facing.first(price); id !== null; id = facing.after(id)) {
        found += (this.#orders.get(id) as RestingOrder).lots
        if (found >= lots) return found
      }
      const next = side === 'buy' ? facing.above(price) : facing.below(price)
      price = next !== null && reaches(side, limitTicks, next) ? next : null
    }
    return found
  }

  #isCrossed(side: Side, limitTicks: number): boolean {
    return this.#crossedPrice(side, limitTicks) !== null
  }

  /** The best facing price, if an order with this limit would take it. */
  #crossedPrice(side: Side, limitTicks: number): number | null {
    const price = this.best(opposite(side))
    return price !== null && reaches(side, limitTicks, price) ? price : null
  }
}

/** An order in a book, as a rule that may be altered. */
export function placeInBook(book: OrderBook, order: LimitOrder): ReturnType<OrderBook['place']> {
  return book.place(order)
}

/** A book of its own, for whoever needs no undo. */
export function plainOrderBook(): OrderBookState {
  return { orders: new Map(), buys: plainLevelQueues(), sells: plainLevelQueues() }
}

function reaches(side: Side, limitTicks: number, price: number): boolean {
  return side === 'buy' ? price <= limitTicks : price >= limitTicks
}

function opposite(side: Side): Side {
  return side === 'buy' ? 'sell' : 'buy'
}
