// One limit order book as its events tell it: what waits on either side, best first and at one price oldest first, in plain sorted lists.
// Every change makes a new state, so that it can be taken back.
import type { Address } from '@solvent/primitives'
import type { BookSide, NewBookOrder, OrderBookDesign } from '@solvent/protocol'

export interface Waiting {
  readonly id: number
  readonly owner: Address
  readonly price: number
  readonly lots: bigint
}

export interface BookState {
  readonly buy: readonly Waiting[]
  readonly sell: readonly Waiting[]
}

export const EMPTY_BOOK: BookState = { buy: [], sell: [] }

export const facing = (side: BookSide): BookSide => (side === 'buy' ? 'sell' : 'buy')

/** Whether an order at a limit would trade at a price. */
export function crosses(side: BookSide, limit: number, price: number): boolean {
  return side === 'buy' ? price <= limit : price >= limit
}

/** The state with one more that waits, behind all at its price and better ones. */
export function waited(state: BookState, side: BookSide, order: Waiting): BookState {
  const list = state[side]
  const better = (price: number): boolean => (side === 'buy' ? price >= order.price : price <= order.price)
  const at = list.findIndex(({ price }) => !better(price))
  return { ...state, [side]: list.toSpliced(at === -1 ? list.length : at, 0, order) }
}

/** The state in which the best of a side has so many lots less. */
export function taken(state: BookState, side: BookSide, lots: bigint): BookState {
  const [best, ...rest] = state[side]
  if (best === undefined) return state
  const left = best.lots - lots
  return { ...state, [side]: left === 0n ? rest : [{ ...best, lots: left }, ...rest] }
}

/** Where an order waits. */
export function find(
  state: BookState,
  id: number,
): { readonly side: BookSide; readonly order: Waiting } | null {
  for (const side of ['buy', 'sell'] as const) {
    const order = state[side].find((each) => each.id === id)
    if (order !== undefined) return { side, order }
  }
  return null
}

export function without(state: BookState, side: BookSide, id: number): BookState {
  return { ...state, [side]: state[side].filter((each) => each.id !== id) }
}

export interface BookHoldings {
  readonly reserve0: bigint
  readonly reserve1: bigint
  readonly priceX96: bigint
}

/** What the book holds for those who wait, and the middle of its best prices. */
export function holdingsOf({ buy, sell }: BookState, { lotSize, tickSize }: OrderBookDesign): BookHoldings {
  const lots = sell.reduce((sum, each) => sum + each.lots, 0n)
  const value = buy.reduce((sum, each) => sum + each.lots * BigInt(each.price), 0n)
  const [bid, ask] = [buy[0]?.price, sell[0]?.price]
  const twice = BigInt((bid ?? ask ?? 0) + (ask ?? bid ?? 0)) * tickSize
  return {
    reserve0: lots * lotSize,
    reserve1: value * tickSize,
    priceX96: (twice * 2n ** 96n) / (2n * lotSize),
  }
}

/** An order that has been placed and is being filled. */
export interface Taking {
  readonly id: number
  readonly owner: Address
  readonly order: NewBookOrder
  readonly left: bigint
}
