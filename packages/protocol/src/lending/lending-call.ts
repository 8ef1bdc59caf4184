// What a transaction asks of a lending pool, in Aave's words. Tokens are those of the reserves.
import type { Address } from '@solvent/primitives'
import type { CollateralAuctionCall } from './collateral-auction-call.ts'

/** Whether a claim backs debts. */
export const collateralUses = ['as-collateral', 'not-as-collateral'] as const
export type CollateralUse = (typeof collateralUses)[number]

/** A liquidator takes the coin out of the reserve, or takes over the claims on it. */
export const liquidationProceeds = ['underlying', 'claims'] as const
export type LiquidationProceeds = (typeof liquidationProceeds)[number]

export type LendingCall =
  | CollateralAuctionCall
  /** The first supply of a coin that may be borrowed against is pledged; other receipts are the supplier's to hand on. */
  | { readonly kind: 'supply'; readonly pool: Address; readonly token: Address; readonly amount: bigint }
  /** Free receipts go first, then pledged ones, as far as the debts allow; `ALL_OF_IT`: all. */
  | { readonly kind: 'withdraw'; readonly pool: Address; readonly token: Address; readonly amount: bigint }
  | { readonly kind: 'borrow'; readonly pool: Address; readonly token: Address; readonly amount: bigint }
  /** Anyone for anyone; more than the debt is not taken. */
  | {
      readonly kind: 'repay'
      readonly pool: Address
      readonly token: Address
      readonly amount: bigint
      readonly onBehalfOf: Address
    }
  /** Pledges all receipts that the sender has of a reserve, or frees them. */
  | {
      readonly kind: 'set-collateral'
      readonly pool: Address
      readonly token: Address
      readonly use: CollateralUse
    }
  /** Joins a category of the pool by its name; null leaves it. */
  | { readonly kind: 'set-e-mode'; readonly pool: Address; readonly eMode: string | null }
  | {
      readonly kind: 'liquidate'
      readonly pool: Address
      readonly borrower: Address
      readonly collateral: Address
      readonly debt: Address
      readonly debtToCover: bigint
      readonly receive: LiquidationProceeds
    }
  /** Anyone: what was set aside of the interest becomes receipts of the treasury. */
  | { readonly kind: 'mint-to-treasury'; readonly pool: Address; readonly token: Address }
  /** An insurer gives up free receipts for debt that was written off. */
  | {
      readonly kind: 'cover-deficit'
      readonly pool: Address
      readonly token: Address
      readonly amount: bigint
    }
