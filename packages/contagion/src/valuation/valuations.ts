/**
 * What one unit of a claim on a borrower is worth, given the borrower's equity: the functions V of NEVA.
 *
 * Barucca et al. 2020 (Mathematical Finance 30:1181) and the papers named at each. Values lie between 0 and 1 and
 * never fall as equity rises.
 */
import { assertNever, ln, normalBelow } from '@solvent/primitives'

export type Valuation =
  | 'furfine'
  | 'eisenberg-noe'
  | 'linear-debtrank'
  | 'furfine-merton'
  | 'black-cox'
  | 'merton-eisenberg-noe'

/** A borrower; amounts in one unit. */
export interface Borrower {
  /** Now, may be negative. */
  readonly equity: number
  /** At face value before the shock; above 0 for `linear-debtrank`. */
  readonly faceEquity: number
  /** ≥ 0, after the shock. */
  readonly externalAssets: number
  /** ≥ 0, outside debts included. */
  readonly totalLiabilities: number
  /** Standard deviation of the logarithm of outside assets until maturity, ≥ 0. */
  readonly sigma: number
  /** Share recovered after default, 0 to 1. */
  readonly recovery: number
}

/**
 * The value of a unit claim.
 *
 * @example
 * valueOfClaim('eisenberg-noe', { equity: -5, faceEquity: 5, externalAssets: 10, totalLiabilities: 20, sigma: 0.1,
 *   recovery: 0.6 }) // 0.75
 */
export function valueOfClaim(valuation: Valuation, borrower: Borrower): number {
  switch (valuation) {
    case 'furfine':
      return borrower.equity > 0 ? 1 : borrower.recovery
    case 'eisenberg-noe':
      return eisenbergNoe(borrower)
    case 'linear-debtrank':
      return Math.min(1, Math.max(0, borrower.equity / borrower.faceEquity))
    case 'furfine-merton':
      return 1 - (1 - borrower.recovery) * mertonDefault(borrower)
    case 'black-cox':
      return 1 - (1 - borrower.recovery) * blackCoxDefault(borrower)
    case 'merton-eisenberg-noe':
      return expectedRecovery(borrower)
    default:
      return assertNever(valuation)
  }
}

function eisenbergNoe({ equity, totalLiabilities }: Borrower): number {
  return equity > 0 || totalLiabilities === 0
    ? 1
    : Math.max(0, (equity + totalLiabilities) / totalLiabilities)
}

/** Probability that outside assets end below what equity can bear (Merton 1974). */
function mertonDefault({ equity, externalAssets, sigma }: Borrower): number {
  if (equity >= externalAssets) return externalAssets === 0 && equity <= 0 ? 1 : 0
  if (sigma === 0 || externalAssets === 0) return equity > 0 ? 0 : 1
  return normalBelow((ln(1 - equity / externalAssets) + (sigma * sigma) / 2) / sigma)
}

/** Probability that outside assets ever touch that level (Black, Cox 1976). */
function blackCoxDefault(borrower: Borrower): number {
  const { equity, externalAssets, sigma } = borrower
  if (equity <= 0) return 1
  if (equity >= externalAssets || sigma === 0) return 0
  const distance = ln(1 - equity / externalAssets)
  const reflected = normalBelow((distance - (sigma * sigma) / 2) / sigma)
  return Math.min(1, mertonDefault(borrower) + (externalAssets / (externalAssets - equity)) * reflected)
}

/**
 * Expected payment on a unit: X lognormal with mean A; in full from A − E up, nothing below A − E − L, and between
 * them the share that X leaves, times the recovery rate.
 */
function expectedRecovery(borrower: Borrower): number {
  const { equity, externalAssets, totalLiabilities, sigma, recovery } = borrower
  if (totalLiabilities === 0) return 1
  if (externalAssets === 0 || sigma === 0) {
    const share = eisenbergNoe(borrower)
    return equity >= 0 ? 1 : recovery * share
  }
  const full = externalAssets - equity
  const nothing = full - totalLiabilities
  const partly = probabilityBelow(full, borrower) - probabilityBelow(nothing, borrower)
  const amount = meanBelow(full, borrower) - meanBelow(nothing, borrower)
  const share = Math.max(0, (amount - nothing * partly) / totalLiabilities)
  return Math.min(1, 1 - probabilityBelow(full, borrower) + recovery * share)
}

/** P(X < level). */
function probabilityBelow(level: number, { externalAssets, sigma }: Borrower): number {
  return level <= 0 ? 0 : normalBelow((ln(level / externalAssets) + (sigma * sigma) / 2) / sigma)
}

/** E[X; X < level]. */
function meanBelow(level: number, { externalAssets, sigma }: Borrower): number {
  if (level <= 0) return 0
  return externalAssets * normalBelow((ln(level / externalAssets) - (sigma * sigma) / 2) / sigma)
}
