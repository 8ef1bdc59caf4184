// Who wins a tender and at what price, by the mechanism of the study: from prices of bidders by number to a winner by number. Money is counted in
// trillionths of the order's value, whole numbers below 2^53, so that the fast way and the mechanisms' own agree to the unit.
import type { DrawnTender } from './tender-draws.ts'

/** Units of an order's value. */
export const VALUE_UNITS = 1_000_000_000_000

/** What bidders did in a tender; the same object for every one. */
export interface TenderBids {
  /** What each asks for; NaN: no bid, or not admitted. */
  readonly prices: Float64Array
  /** 1: would not deliver if it won. */
  readonly fades: Uint8Array
}

/** What became of a tender; the same object for every one. */
export interface Cleared {
  /** Who fills; −1: nobody. */
  winner: number
  /** What the user pays; the reserve when nobody fills. */
  paid: number
  /** Who won and did not deliver. */
  readonly faded: number[]
  /** By bidder: what it got (or, below zero, paid) besides, in parts of the value. */
  readonly extras: Float64Array
  /** Whether any of the extras is not zero. */
  hasExtras: boolean
}

export interface TenderClearing {
  clear(drawn: DrawnTender, bids: TenderBids, into: Cleared): void
}

/** Units that a price is, as the mechanisms round it. */
export function unitsOfPrice(price: number): number {
  return Math.round(Math.min(1, Math.max(0, price)) * VALUE_UNITS)
}

export function createCleared(bidders: number): Cleared {
  return { winner: -1, paid: 0, faded: [], extras: new Float64Array(bidders), hasExtras: false }
}
