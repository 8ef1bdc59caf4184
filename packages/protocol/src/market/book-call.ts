// What is asked of a limit order book: in one transaction orders are taken back and new ones placed, as contracts of on-chain books let
// market makers do (Phoenix: CancelMultipleOrdersById, PlaceMultiplePostOnlyOrders). Prices in ticks a lot, sizes in lots.
import type { Address } from '@solvent/primitives'

export const bookSides = ['buy', 'sell'] as const
export type BookSide = (typeof bookSides)[number]

/**
 * `good-till-cancelled` rests with what is not filled at once, `immediate-or-cancel` drops it, `fill-or-kill` reverts unless all of it is
 * filled at once, `post-only` is passed over if any of it were.
 */
export const timesInForce = [
  'good-till-cancelled',
  'immediate-or-cancel',
  'fill-or-kill',
  'post-only',
] as const
export type BookTimeInForce = (typeof timesInForce)[number]

export interface NewBookOrder {
  readonly side: BookSide
  readonly priceTicks: number
  readonly lots: bigint
  readonly timeInForce: BookTimeInForce
}

/** Orders that one transaction may place, and that it may take back. */
export const MAX_BOOK_ORDERS = 64

export interface BookCall {
  readonly kind: 'place-orders'
  readonly market: Address
  /** Own orders that go first; one that is gone already is passed over. */
  readonly cancels: readonly number[]
  readonly orders: readonly NewBookOrder[]
  readonly deadline: number
}
