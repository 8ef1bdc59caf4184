// What happened at a lending pool, as typed events. Amounts are base units of the token, `scaled` counts receipts or debt tokens.
import type { Address } from '@solvent/primitives'
import type { CollateralAuctionEvent } from './collateral-auction-event.ts'
import type { IsolatedMarketEvent } from './isolated-market-event.ts'
import type { CollateralUse, LiquidationProceeds } from './lending-call.ts'
import type { UsedPrice } from './used-price.ts'

interface OfReserve {
  readonly pool: Address
  readonly token: Address
}

export type LendingEvent =
  | CollateralAuctionEvent
  | IsolatedMarketEvent
  /** A reserve after a transaction: indexes and yearly rates in ray. */
  | (OfReserve & {
      readonly kind: 'reserve-updated'
      readonly liquidityIndexRay: bigint
      readonly borrowIndexRay: bigint
      readonly supplyRateRay: bigint
      readonly borrowRateRay: bigint
      /** Scaled claims of the treasury that have not been minted. */
      readonly scaledForTreasury: bigint
    })
  | (OfReserve & {
      readonly kind: 'supplied'
      readonly user: Address
      readonly amount: bigint
      readonly scaled: bigint
    })
  | (OfReserve & {
      readonly kind: 'withdrawn'
      readonly user: Address
      readonly amount: bigint
      readonly scaled: bigint
      readonly prices: readonly UsedPrice[]
    })
  | (OfReserve & {
      readonly kind: 'borrowed'
      readonly user: Address
      readonly amount: bigint
      readonly scaled: bigint
      readonly prices: readonly UsedPrice[]
    })
  | (OfReserve & {
      readonly kind: 'repaid'
      readonly user: Address
      readonly payer: Address
      readonly amount: bigint
      readonly scaled: bigint
    })
  | (OfReserve & {
      readonly kind: 'collateral-set'
      readonly user: Address
      readonly use: CollateralUse
      readonly prices: readonly UsedPrice[]
    })
  | {
      readonly kind: 'e-mode-set'
      readonly pool: Address
      readonly user: Address
      readonly eMode: string | null
      readonly prices: readonly UsedPrice[]
    }
  | {
      readonly kind: 'liquidated'
      readonly pool: Address
      readonly borrower: Address
      readonly liquidator: Address
      readonly collateral: Address
      readonly debt: Address
      readonly debtRepaid: bigint
      /** Of the collateral: to the liquidator, and to the treasury. */
      readonly seized: bigint
      readonly fee: bigint
      readonly receive: LiquidationProceeds
      /** Before, in wad. */
      readonly healthFactor: bigint
      readonly prices: readonly UsedPrice[]
    }
  /** Debt of an account without collateral has become the reserve's deficit. */
  | (OfReserve & { readonly kind: 'bad-debt-booked'; readonly borrower: Address; readonly amount: bigint })
  /** By an insurer, or by a fund when bad debt is booked. */
  | (OfReserve & { readonly kind: 'deficit-covered'; readonly from: Address; readonly amount: bigint })
  | (OfReserve & { readonly kind: 'treasury-minted'; readonly scaled: bigint })
  /** The same in a pool with a fund: `premium` of it is the fund's. */
  | (OfReserve & { readonly kind: 'premium-collected'; readonly scaled: bigint; readonly premium: bigint })
