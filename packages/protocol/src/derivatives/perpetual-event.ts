// What a clearing house of perpetual futures did. Cash is signed as the account has it: below 0 it paid.
import type { Address } from '@solvent/primitives'

interface OfHouse {
  readonly house: Address
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
