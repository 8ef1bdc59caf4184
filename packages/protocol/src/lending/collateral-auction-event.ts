// What happened in a lending pool's auctions of collateral. Lots are base units of the collateral, bids and debts of the debt's coin.
import type { Address } from '@solvent/primitives'
import type { UsedPrice } from './used-price.ts'

interface OfAuction {
  readonly pool: Address
  readonly auction: number
}

/** How a bid goes further than the last: more for the lot, or the target for less of it. */
export const bidSteps = ['raised', 'shrunk'] as const
export type BidStep = (typeof bidSteps)[number]

export type CollateralAuctionEvent =
  | (OfAuction & {
      readonly kind: 'auction-started'
      readonly borrower: Address
      readonly collateral: Address
      readonly debt: Address
      readonly lot: bigint
      /** The borrower's debt that went with the lot. */
      readonly owed: bigint
      /** What is to be raised: the debt and the penalty. */
      readonly tab: bigint
      /** Of a Dutch auction, in ray; 0 of an English one. */
      readonly topRay: bigint
      readonly healthFactor: bigint
      readonly prices: readonly UsedPrice[]
    })
  | (OfAuction & {
      readonly kind: 'auction-bid'
      readonly bidder: Address
      readonly step: BidStep
      readonly lot: bigint
      readonly bid: bigint
    })
  /** English, over: the bid pays the debt and then the penalty. */
  | (OfAuction & {
      readonly kind: 'auction-settled'
      readonly winner: Address
      readonly lot: bigint
      readonly paid: bigint
      /** Of it, to the reserve. */
      readonly recovered: bigint
    })
  /** Dutch: a part or all. */
  | (OfAuction & {
      readonly kind: 'auction-sold'
      readonly buyer: Address
      readonly lot: bigint
      readonly priceRay: bigint
      readonly paid: bigint
      readonly recovered: bigint
      /** Back to the borrower when the target is raised. */
      readonly returned: bigint
      /** Still to be raised, times RAY. */
      readonly leftRay: bigint
      readonly isOver: boolean
    })
  | (OfAuction & {
      readonly kind: 'auction-restarted'
      readonly topRay: bigint
      readonly prices: readonly UsedPrice[]
    })
