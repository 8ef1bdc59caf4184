// What a transaction asks of a lending pool that auctions collateral. English and Dutch auctions as makerdao/dss has them (flip, clip).
import type { Address } from '@solvent/primitives'

interface OfAuction {
  readonly pool: Address
  /** Its number in the pool. */
  readonly auction: number
}

export type CollateralAuctionCall =
  /** Anyone, of an unhealthy account: a lot of its collateral goes to auction, and the debt that goes with it. */
  | {
      readonly kind: 'start-auction'
      readonly pool: Address
      readonly borrower: Address
      readonly collateral: Address
      readonly debt: Address
    }
  /** English: raises the bid for the whole lot, or, at the full target, asks for less of the lot. */
  | (OfAuction & { readonly kind: 'bid-in-auction'; readonly lot: bigint; readonly bid: bigint })
  /** English: gives the lot to the last bidder. */
  | (OfAuction & { readonly kind: 'settle-auction' })
  /** Dutch: buys up to `amount` at the price of the moment, base units of the debt for one of the collateral, in ray. */
  | (OfAuction & { readonly kind: 'buy-in-auction'; readonly amount: bigint; readonly maxPriceRay: bigint })
  /** Begins anew what nobody bid for, or what has grown too old or too cheap. */
  | (OfAuction & { readonly kind: 'restart-auction' })
