// A limit order book as a contract: what rests is held by the contract, who takes pays who waited at once, and the fee of the taker is
// shared between maker and operator. Amounts are whole: a lot of the first token for priceTicks ticks of the second. Who brings an exact
// amount (`swap`) takes from the best price on; what is less than a lot stays with him.
import type { Address } from '@solvent/primitives'
import {
  type BookSide,
  type MarketSpec,
  type NewBookOrder,
  type OrderBookDesign,
  PRICE_BITS,
  type RevertReason,
} from '@solvent/protocol'
import { UndoableCell, UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import { type Outcome, refused } from '../../outcome.ts'
import type { LevelQueuesState } from '../../queues/level-queues.ts'
import type { SettlementRules } from '../../settlement-rules.ts'
import type { SwapSide } from '../constant-product/sell.ts'
import { type Fill, OrderBook, type PlaceRefusal, type RestingOrder } from '../order-book/order-book.ts'
import type { MarketPrice, PoolHoldings, Swap, Swapped, Venue } from './market-contract.ts'

/** What rests on both sides: lots, and what buyers have locked and sellers want for theirs, in the second token. */
interface Depth {
  readonly buyLots: bigint
  readonly buyValue: bigint
  readonly sellLots: bigint
  readonly sellValue: bigint
}

export interface Placed {
  readonly limitId: number
  readonly fills: readonly Fill[]
  readonly restingLots: bigint
}

/** What a sweep takes: lots at their prices, for so much of what was brought. */
export interface Swept {
  readonly fills: readonly Fill[]
  readonly amountIn: bigint
  /** Before the fee. */
  readonly amountOut: bigint
}

const NOTHING: Depth = { buyLots: 0n, buyValue: 0n, sellLots: 0n, sellValue: 0n }
const LEAST_TICKS = 1

export class BookContract implements Venue {
  readonly kind = 'book'
  readonly spec: MarketSpec
  readonly design: OrderBookDesign
  readonly #book: OrderBook
  readonly #orders: UndoableMap<number, RestingOrder>
  readonly #nextId: UndoableCell<number>
  readonly #depth: UndoableCell<Depth>

  constructor(log: UndoLog, spec: MarketSpec, design: OrderBookDesign) {
    this.spec = spec
    this.design = design
    this.#orders = new UndoableMap(log)
    this.#book = new OrderBook({ orders: this.#orders, buys: queues(log), sells: queues(log) })
    this.#nextId = new UndoableCell(log, 0)
    this.#depth = new UndoableCell(log, NOTHING)
  }

  /** A book begins empty: nobody can have placed an order before there was a chain. */
  open(_holdings: PoolHoldings): void {}

  /** The middle between both best prices, or the only best price; 0 in an empty book. */
  price(): MarketPrice {
    const { sellLots, buyValue } = this.#depth.get()
    const [bid, ask] = [this.#book.best('buy'), this.#book.best('sell')]
    const doubled = BigInt((bid ?? ask ?? 0) + (ask ?? bid ?? 0)) * this.design.tickSize
    return {
      reserve0: sellLots * this.design.lotSize,
      reserve1: buyValue,
      priceX96: (doubled << PRICE_BITS) / (2n * this.design.lotSize),
    }
  }

  accumulated(): null {
    return null
  }

  capacity(side: SwapSide): bigint {
    const { buyLots, sellValue } = this.#depth.get()
    return side === 'sell-0' ? buyLots * this.design.lotSize : sellValue
  }

  /** The orders of an owner that rest, oldest first. */
  restingOf(owner: Address): { readonly limitId: number; readonly order: RestingOrder }[] {
    const own = [...this.#orders.entries()].filter(([, order]) => order.owner === owner)
    return own.sort(([a], [b]) => a - b).map(([limitId, order]) => ({ limitId, order }))
  }

  place(owner: Address, order: NewBookOrder, rules: SettlementRules): Outcome<Placed, PlaceRefusal> {
    const limitId = this.#nextId.get()
    const placed = rules.placeInBook(this.#book, { id: limitId, owner, ...order })
    if (placed.status === 'refused') return placed
    this.#nextId.set(limitId + 1)
    this.#took(order.side, placed.fills)
    this.#shift(order.side, placed.restingLots, order.priceTicks)
    return { status: 'ok', limitId, fills: placed.fills, restingLots: placed.restingLots }
  }

  /** Null when the owner has no such order. */
  withdraw(limitId: number, owner: Address): RestingOrder | null {
    const cancelled = this.#book.cancel(limitId, owner)
    if (cancelled.status === 'refused') return null
    const { side, lots, priceTicks } = cancelled.order
    this.#shift(side, -lots, priceTicks)
    return cancelled.order
  }

  /** Takes from the best price on for all of an amount, less than a lot apart. */
  sweep(side: SwapSide, amountIn: bigint, rules: SettlementRules): Outcome<Swept, RevertReason> {
    return side === 'sell-0' ? this.#sell(amountIn, rules) : this.#buy(amountIn, rules)
  }

  swap({ side, amountIn, rules }: Swap): Outcome<Swapped, RevertReason> {
    const swept = this.sweep(side, amountIn, rules)
    if (swept.status === 'refused') return swept
    const fees = swept.fills.reduce((sum, fill) => sum + this.feesOf(side, fill).fee, 0n)
    return { status: 'ok', amountOut: swept.amountOut - fees, rounding: [], events: [] }
  }

  /** Of what the taker receives: all that it pays, rounded up, and what of it the maker gets, rounded down. */
  feesOf(side: SwapSide, fill: Fill): { readonly fee: bigint; readonly rebate: bigint } {
    const { takerFeePips, makerRebatePips } = this.design
    const received = side === 'sell-0' ? this.valueOf(fill) : fill.lots * this.design.lotSize
    return {
      fee: (received * BigInt(takerFeePips) + PIPS - 1n) / PIPS,
      rebate: (received * BigInt(makerRebatePips)) / PIPS,
    }
  }

  /** Lots at a price, in the second token. */
  valueOf({ lots, priceTicks }: { readonly lots: bigint; readonly priceTicks: number }): bigint {
    return lots * BigInt(priceTicks) * this.design.tickSize
  }

  #sell(amountIn: bigint, rules: SettlementRules): Outcome<Swept, RevertReason> {
    const lots = amountIn / this.design.lotSize
    if (lots === 0n) return refused('zero-amount')
    const fills = this.#takeAt('sell', LEAST_TICKS, lots, rules)
    const sold = fills.reduce((sum, fill) => sum + fill.lots, 0n)
    if (sold < lots) return refused('no-liquidity')
    const amountOut = fills.reduce((sum, fill) => sum + this.valueOf(fill), 0n)
    return { status: 'ok', fills, amountIn: lots * this.design.lotSize, amountOut }
  }

  #buy(amountIn: bigint, rules: SettlementRules): Outcome<Swept, RevertReason> {
    const fills: Fill[] = []
    let left = amountIn
    for (;;) {
      const best = this.#book.best('sell')
      if (best === null) return refused('no-liquidity')
      const lots = left / this.valueOf({ lots: 1n, priceTicks: best })
      if (lots === 0n) break
      const taken = this.#takeAt('buy', best, lots, rules)
      if (taken.length === 0) return refused('no-liquidity')
      for (const fill of taken) left -= this.valueOf(fill)
      fills.push(...taken)
      if (left === 0n) break
    }
    const bought = fills.reduce((sum, fill) => sum + fill.lots, 0n)
    if (bought === 0n) return refused('zero-amount')
    return { status: 'ok', fills, amountIn: amountIn - left, amountOut: bought * this.design.lotSize }
  }

  #takeAt(side: BookSide, priceTicks: number, lots: bigint, rules: SettlementRules): readonly Fill[] {
    const id = this.#nextId.get()
    const order = { id, owner: '', side, priceTicks, lots, timeInForce: 'immediate-or-cancel' } as const
    const placed = rules.placeInBook(this.#book, order)
    if (placed.status === 'refused') return []
    this.#took(side, placed.fills)
    return placed.fills
  }

  /** What rested on the other side is gone. */
  #took(side: BookSide, fills: readonly Fill[]): void {
    for (const { lots, priceTicks } of fills) this.#shift(side === 'buy' ? 'sell' : 'buy', -lots, priceTicks)
  }

  #shift(side: BookSide, lots: bigint, priceTicks: number): void {
    if (lots === 0n) return
    const depth = this.#depth.get()
    const value = this.valueOf({ lots, priceTicks })
    this.#depth.set(
      side === 'buy'
        ? { ...depth, buyLots: depth.buyLots + lots, buyValue: depth.buyValue + value }
        : { ...depth, sellLots: depth.sellLots + lots, sellValue: depth.sellValue + value },
    )
  }
}

const PIPS = 1_000_000n

function queues(log: UndoLog): LevelQueuesState<number> {
  return { words: new UndoableMap(log), levels: new UndoableMap(log), links: new UndoableMap(log) }
}
