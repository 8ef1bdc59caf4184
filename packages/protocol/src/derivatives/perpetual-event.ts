// What a clearing house of perpetual futures did. Cash is signed as the account has it: below 0 it paid.
import type { Address } from '@solvent/primitives'
import type { NewBookOrder } from '../market/book-call.ts'

interface OfHouse {
  readonly house: Address
}

/** What an order took of one that waited, at that one's price. */
export interface PerpetualFill {
  readonly limitId: number
  readonly account: string
  readonly priceTicks: number
  readonly lots: bigint
}

export type PerpetualEvent =
  /** Above 0: deposited. */
  | (OfHouse & { readonly kind: 'margin-moved'; readonly account: string; readonly amount: bigint })
  | (OfHouse & {
      readonly kind: 'perpetual-traded'
      readonly market: string
      readonly account: string
      readonly units: bigint
      readonly cash: bigint
      readonly fee: bigint
      /** Null when the oracle's rule refused one. */
      readonly indexE8: bigint | null
    })
  | (OfHouse &
      NewBookOrder & {
        readonly kind: 'perpetual-order-placed'
        readonly market: string
        readonly account: string
        readonly limitId: number
        readonly fills: readonly PerpetualFill[]
        /** Of the taker, for what was filled. */
        readonly fee: bigint
        readonly indexE8: bigint | null
      })
  | (OfHouse & {
      readonly kind: 'perpetual-orders-cancelled'
      readonly market: string
      readonly account: string
      readonly limitIds: readonly number[]
    })
  | (OfHouse & {
      readonly kind: 'funding-paid'
      readonly market: string
      readonly rateE18: bigint
      /** Σ rate · index price up to now, for one base unit of the underlying, wad. */
      readonly index: bigint
      readonly indexE8: bigint
      /** Of the market from now on. */
      readonly initialMarginBps: bigint
    })
  | (OfHouse & {
      readonly kind: 'perpetual-liquidated'
      readonly market: string
      readonly account: string
      readonly liquidator: Address
      /** Of the account's position: closed, signed as it was; by the venue what others did not take over. */
      readonly units: bigint
      readonly reward: bigint
      readonly toFund: bigint
      /** What it took from a book as far as the fund could pay the loss, and after the deleveraging at any price. */
      readonly fills: readonly PerpetualFill[]
      readonly lateFills: readonly PerpetualFill[]
      /** Positions on the other side that were closed against it. */
      readonly deleveraged: readonly {
        readonly account: string
        readonly units: bigint
        readonly cash: bigint
      }[]
      /** The insurance fund and unpaid losses after it. */
      readonly fund: bigint
      readonly badDebt: bigint
      readonly indexE8: bigint | null
    })
