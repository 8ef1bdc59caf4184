// An isolated lending market: one coin lent against one collateral, at one price, under terms that nobody can change. Parameters are
// Morpho Blue's (morpho-org/morpho-blue, IMorpho.sol MarketParams). docs/models/isolated-market.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { PriceRule } from './oracle-spec.ts'

export interface IsolatedMarketSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  readonly loan: IsolatedSide
  readonly collateral: IsolatedSide
  /** Liquidation loan-to-value, in wad: the only bound of a loan, when it is taken and when it is liquidated. */
  readonly lltvWad: bigint
  /** Of the interest, in wad, as shares to the recipient. */
  readonly feeWad: bigint
  readonly feeRecipient: Address
  readonly rate: IsolatedRate
}

export interface IsolatedSide {
  readonly token: Address
  readonly symbol: string
  readonly decimals: number
  /** The market's oracle is the quotient of two answers, base over quote (MorphoChainlinkOracleV2). */
  readonly price: PriceRule
}

/** Wad a second. */
export type IsolatedRate =
  /** Morpho's AdaptiveCurveIrm: the rate at the target usage moves with the distance from it. */
  | { readonly kind: 'adaptive-curve'; readonly atTargetWad: bigint }
  | { readonly kind: 'fixed'; readonly perSecondWad: bigint }
