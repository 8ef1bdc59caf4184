// One-pair loans: what a borrower owes at a health factor, and what it pays back to reach another. HF = C · p · LT / D, with C the
// collateral, p its price in units of the debt, LT the liquidation threshold and D the debt (settlement.md §4).
import { divFloor, mulDivFloor, mulDivUp } from '@solvent/primitives'

export interface LoanTerms {
  /** Base units of the debt for 10^18 base units of collateral. */
  readonly priceE18: bigint
  readonly liquidationThresholdBps: bigint
}

const BPS = 10_000n
const E18 = 10n ** 18n
/** Health factors are whole numbers of millionths. */
const PPM = 1_000_000

/** Debt, rounded down, with which the collateral has this health factor. */
export function debtAt(collateral: bigint, healthFactor: number, terms: LoanTerms): bigint {
  const weighed = (collateral * terms.priceE18 * terms.liquidationThresholdBps) / (E18 * BPS)
  return mulDivFloor(weighed, BigInt(PPM), ppmOf(healthFactor))
}

/** What has to be paid back for this health factor; 0 when it is there already. */
export function repaymentTo(
  healthFactor: number,
  { collateral, debt }: { readonly collateral: bigint; readonly debt: bigint },
  terms: LoanTerms,
): bigint {
  const left = debtAt(collateral, healthFactor, terms)
  return left >= debt ? 0n : debt - left
}

/** The price, in base units of the debt for 10^18 of the collateral, at which the loan has this health factor; rounded up. */
export function priceAtHealth(
  healthFactor: number,
  { collateral, debt }: { readonly collateral: bigint; readonly debt: bigint },
  liquidationThresholdBps: bigint,
): bigint {
  const weight = divFloor(collateral * liquidationThresholdBps, BPS)
  return weight === 0n ? 0n : mulDivUp(debt * ppmOf(healthFactor), E18, weight * BigInt(PPM))
}

function ppmOf(ratio: number): bigint {
  return BigInt(Math.round(ratio * PPM))
}
