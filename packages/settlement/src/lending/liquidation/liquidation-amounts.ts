// How much collateral a repayment buys in a fixed-spread liquidation, and how much debt the collateral that is there can
// repay. Source: aave-v3-origin fd1fbd9 (v3.7), LiquidationLogic._calculateAvailableCollateralToLiquidate. Amounts in base
// units, prices in the base currency (8 decimals), `unit` is 10^decimals. Reference cases liq-aave-int-01.
import { percentDivFloor, percentDivUp, percentMulFloor, percentMulUp } from '../math/ray-math.ts'

export interface LiquidationTerms {
  readonly collateralPrice: bigint
  readonly collateralUnit: bigint
  readonly debtPrice: bigint
  readonly debtUnit: bigint
  /** 10,500 pays the liquidator 5 % more than he repays. */
  readonly liquidationBonusBps: bigint
  /** Of the bonus. */
  readonly liquidationProtocolFeeBps: bigint
}

export interface LiquidationAmounts {
  readonly collateralToLiquidator: bigint
  readonly debtAmountNeeded: bigint
  readonly protocolFeeCollateral: bigint
  /** Value of all that is seized, rounded down. */
  readonly collateralInBaseCurrency: bigint
}

/** What covering `debtToCover` takes from a balance of collateral; less debt is needed when the balance is too small. */
export function liquidationAmounts(
  terms: LiquidationTerms,
  debtToCover: bigint,
  borrowerCollateralBalance: bigint,
): LiquidationAmounts {
  const { collateralPrice, collateralUnit, debtPrice, debtUnit } = terms
  const bonus = terms.liquidationBonusBps
  const base = (debtPrice * debtToCover * collateralUnit) / (collateralPrice * debtUnit)
  const most = percentMulFloor(base, bonus)
  const isShort = most > borrowerCollateralBalance
  const seized = isShort ? borrowerCollateralBalance : most
  const debtAmountNeeded = isShort
    ? percentDivUp((collateralPrice * seized * debtUnit) / (debtPrice * collateralUnit), bonus)
    : debtToCover
  const bonusPart = seized - percentDivFloor(seized, bonus)
  const fee = percentMulUp(bonusPart, terms.liquidationProtocolFeeBps)
  return {
    collateralToLiquidator: seized - fee,
    debtAmountNeeded,
    protocolFeeCollateral: fee,
    collateralInBaseCurrency: (seized * collateralPrice) / collateralUnit,
  }
}
