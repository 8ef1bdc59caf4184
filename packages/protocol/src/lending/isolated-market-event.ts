// What happened at an isolated market. Amounts are base units, shares count claims and debts.
import type { Address } from '@solvent/primitives'
import type { UsedPrice } from './used-price.ts'

interface OfMarket {
  readonly pool: Address
}

export type IsolatedMarketEvent =
  /** Time has passed since the market was last touched: debts and claims have grown by the same. */
  | (OfMarket & {
      readonly kind: 'isolated-accrued'
      readonly interest: bigint
      /** Of supply, to the fee's recipient. */
      readonly feeShares: bigint
      /** Wad a second, averaged over the time that has passed. */
      readonly rateWad: bigint
      /** Of the adaptive curve now; 0 of a fixed rate. */
      readonly rateAtTargetWad: bigint
    })
  | (OfMarket & {
      readonly kind: 'isolated-supplied' | 'isolated-withdrawn'
      readonly user: Address
      readonly amount: bigint
      readonly shares: bigint
    })
  | (OfMarket & { readonly kind: 'isolated-pledged'; readonly user: Address; readonly amount: bigint })
  | (OfMarket & {
      readonly kind: 'isolated-released'
      readonly user: Address
      readonly amount: bigint
      readonly prices: readonly UsedPrice[]
    })
  | (OfMarket & {
      readonly kind: 'isolated-borrowed'
      readonly user: Address
      readonly amount: bigint
      readonly shares: bigint
      readonly prices: readonly UsedPrice[]
    })
  | (OfMarket & {
      readonly kind: 'isolated-repaid'
      readonly user: Address
      readonly payer: Address
      readonly amount: bigint
      readonly shares: bigint
    })
  | (OfMarket & {
      readonly kind: 'isolated-liquidated'
      readonly borrower: Address
      readonly liquidator: Address
      readonly repaid: bigint
      readonly repaidShares: bigint
      readonly seized: bigint
      /** Taken from all suppliers in the same call, when the last collateral has gone. */
      readonly badDebt: bigint
      readonly badDebtShares: bigint
      readonly prices: readonly UsedPrice[]
    })
