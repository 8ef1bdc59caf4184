// Liquidations of one position at a fixed price, on real numbers. C collateral value, D debt, i bonus, LT threshold,
// LTV = D/C, HF = LT·C/D. A step repays r = min(κD, C/(1+i)) and seizes (1+i)r; it raises LTV (it is toxic) iff
// LTV·(1+i) > 1. Source: Warmuz, Chaudhary & Pinna, Toxic Liquidation Spirals (arXiv 2212.07306). Reference cases liq-01.

/** A constant share of the debt a step, or Aave v3's rule: half above a health factor of 0.95, all of it below. */
export type RealCloseFactor = number | 'aave-v3'

export interface RealLiquidationInput {
  readonly collateralValue: number
  readonly debt: number
  readonly liquidationThreshold: number
  readonly bonus: number
  readonly closeFactor: RealCloseFactor
  readonly maxSteps: number
}

interface RealLiquidationStep {
  readonly hfBefore: number
  readonly closeFactor: number
  readonly repaid: number
  readonly seized: number
  readonly collateralAfter: number
  readonly debtAfter: number
  /** Null without debt. */
  readonly hfAfter: number | null
}

export interface RealLiquidation {
  readonly initialHF: number
  readonly initialLTV: number
  /** The next step raises LTV. */
  readonly toxic: boolean
  /** Every position that can be liquidated is toxic: LT·(1+i) ≥ 1. */
  readonly designToxic: boolean
  /** The LTV above which liquidations are toxic, 1/(1+i): the paper would stop there. */
  readonly toxicLTV: number
  readonly steps: readonly RealLiquidationStep[]
  readonly final: {
    readonly collateral: number
    readonly debt: number
    /** Debt without any collateral. */
    readonly unbackedDebt: number
    /** max(0, D − C). */
    readonly underwater: number
  }
  readonly closedForm: {
    /** D − C/(1+i): what is left when a toxic position has lost all its collateral. */
    readonly badDebtIfToxic: number
    /** The part of it that the bonus made. */
    readonly extraBadDebtFromBonus: number
    /** (D − LT·C)/(1 − LT(1+i)), the repayment after which HF is 1; null when healthy, or when no repayment helps. */
    readonly repayToHF1: number | null
  }
}

const CLOSE_FACTOR_HF = 0.95

/** Liquidates one position until it is healthy, empty, or `maxSteps` have been made. */
export function realLiquidation(input: RealLiquidationInput): RealLiquidation {
  const { liquidationThreshold: threshold, bonus } = input
  const healthOf = (collateral: number, debt: number): number => (collateral * threshold) / debt
  const initialHF = healthOf(input.collateralValue, input.debt)
  const initialLTV = input.debt / input.collateralValue
  const toxic = initialLTV * (1 + bonus) > 1
  const designToxic = threshold * (1 + bonus) >= 1

  let collateral = input.collateralValue
  let debt = input.debt
  const steps: RealLiquidationStep[] = []
  while (steps.length < input.maxSteps && collateral > 0 && debt > 0) {
    const hfBefore = healthOf(collateral, debt)
    if (hfBefore >= 1) break
    const closeFactor = closeFactorAt(input.closeFactor, hfBefore)
    const most = collateral / (1 + bonus)
    const takesAll = closeFactor * debt >= most
    const repaid = takesAll ? most : closeFactor * debt
    const seized = takesAll ? collateral : repaid * (1 + bonus)
    collateral -= seized
    debt -= repaid
    const hfAfter = debt > 0 ? healthOf(collateral, debt) : null
    steps.push({
      hfBefore,
      closeFactor,
      repaid,
      seized,
      collateralAfter: collateral,
      debtAfter: debt,
      hfAfter,
    })
  }

  const badDebtIfToxic = toxic ? Math.max(0, input.debt - input.collateralValue / (1 + bonus)) : 0
  const alreadyMissing = Math.max(0, input.debt - input.collateralValue)
  const isCurable = initialHF < 1 && !designToxic
  return {
    initialHF,
    initialLTV,
    toxic,
    designToxic,
    toxicLTV: 1 / (1 + bonus),
    steps,
    final: {
      collateral,
      debt,
      unbackedDebt: collateral === 0 ? debt : 0,
      underwater: Math.max(0, debt - collateral),
    },
    closedForm: {
      badDebtIfToxic,
      extraBadDebtFromBonus: Math.max(0, badDebtIfToxic - alreadyMissing),
      repayToHF1: isCurable
        ? (input.debt - threshold * input.collateralValue) / (1 - threshold * (1 + bonus))
        : null,
    },
  }
}

function closeFactorAt(rule: RealCloseFactor, healthFactor: number): number {
  if (rule !== 'aave-v3') return rule
  return healthFactor > CLOSE_FACTOR_HF ? 0.5 : 1
}
