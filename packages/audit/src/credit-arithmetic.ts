// The audit's own arithmetic of lending: interest, rates and health, written from the contracts' rules (aave-v3-origin v3.7: MathUtils,
// DefaultReserveInterestRateStrategyV2, GenericLogic, LiquidationLogic) and from nothing of the engine.
import type { LendingTerms } from '@solvent/protocol'

export const RAY = 10n ** 27n
const HALF_RAY = RAY / 2n
const BPS = 10_000n
const YEAR = 365n * 86_400n
export const ONE = 10n ** 18n

const timesRay = (a: bigint, b: bigint): bigint => (a * b + HALF_RAY) / RAY
const overRay = (a: bigint, b: bigint): bigint => (a * RAY + b / 2n) / b
const upwards = (a: bigint, b: bigint): bigint => a / b + (a % b === 0n ? 0n : 1n)

export interface Indexes {
  readonly supply: bigint
  readonly debt: bigint
}

/** Both indexes after some seconds at their rates. */
export function grownIndexes(
  { supply, debt }: Indexes,
  rates: Indexes,
  scaledDebt: bigint,
  seconds: bigint,
): Indexes {
  if (seconds <= 0n) return { supply, debt }
  const linear = RAY + (rates.supply * seconds) / YEAR
  const x = (rates.debt * seconds) / YEAR
  const series = RAY + x + timesRay(x, x / 2n + timesRay(x, x / 6n))
  return {
    supply: rates.supply === 0n ? supply : timesRay(linear, supply),
    debt: scaledDebt === 0n ? debt : timesRay(series, debt),
  }
}

/** Scaled claims that the treasury gets of the interest of that growth. */
export function treasuryShare(
  scaledDebt: bigint,
  before: Indexes,
  after: Indexes,
  reserveFactorBps: bigint,
): bigint {
  const interest = timesRay(scaledDebt, after.debt) - timesRay(scaledDebt, before.debt)
  return overRay((interest * reserveFactorBps + BPS / 2n) / BPS, after.supply)
}

/** Yearly rates that follow from what is in a reserve. */
export function ratesOf(
  { rateCurve, reserveFactorBps }: LendingTerms,
  use: {
    readonly cash: bigint
    readonly scaledDebt: bigint
    readonly debtIndex: bigint
    readonly deficit: bigint
  },
): Indexes {
  const { optimalUsageRay, baseRay, slope1Ray, slope2Ray } = rateCurve
  const debt = timesRay(use.scaledDebt, use.debtIndex)
  if (debt === 0n) return { supply: 0n, debt: baseRay }
  const usage = overRay(debt, use.cash + debt)
  const steep =
    usage > optimalUsageRay
      ? slope1Ray + timesRay(slope2Ray, overRay(usage - optimalUsageRay, RAY - optimalUsageRay))
      : overRay(timesRay(slope1Ray, usage), optimalUsageRay)
  const rate = baseRay + steep
  const earned = timesRay(rate, overRay(debt, use.cash + debt + use.deficit))
  return { supply: (earned * (BPS - reserveFactorBps) + BPS / 2n) / BPS, debt: rate }
}

/** What an account has and owes of one reserve, scaled. */
export interface Holding {
  readonly terms: Pick<LendingTerms, 'decimals'>
  readonly thresholdBps: bigint
  readonly indexes: Indexes
  readonly priceE8: bigint
  readonly pledged: bigint
  readonly owed: bigint
}

export const claimOf = (scaled: bigint, { supply }: Indexes): bigint => (scaled * supply) / RAY
export const debtOf = (scaled: bigint, { debt }: Indexes): bigint => upwards(scaled * debt, RAY)
export const unitOf = ({ decimals }: Pick<LendingTerms, 'decimals'>): bigint => 10n ** BigInt(decimals)

export interface Health {
  readonly collateral: bigint
  readonly debt: bigint
  /** In wad; null without debts. */
  readonly factor: bigint | null
}

export function healthOf(holdings: readonly Holding[]): Health {
  let collateral = 0n
  let weighted = 0n
  let debt = 0n
  for (const { terms, thresholdBps, indexes, priceE8, pledged, owed } of holdings) {
    const unit = unitOf(terms)
    if (thresholdBps > 0n) {
      const value = (claimOf(pledged, indexes) * priceE8) / unit
      collateral += value
      weighted += value * thresholdBps
    }
    debt += upwards(debtOf(owed, indexes) * priceE8, unit)
  }
  const factor = debt === 0n ? null : (weighted * ONE + debt / 2n) / debt / BPS
  return { collateral, debt, factor }
}

export interface Seizure {
  readonly repaid: bigint
  readonly balance: bigint
  readonly collateral: { readonly priceE8: bigint; readonly unit: bigint }
  readonly debt: { readonly priceE8: bigint; readonly unit: bigint }
  readonly bonusBps: bigint
  readonly feeBps: bigint
}

/** What a repayment may take of the collateral, fee included, and the fee in it. */
export function seizureOf({ repaid, balance, collateral, debt, bonusBps, feeBps }: Seizure): {
  readonly total: bigint
  readonly fee: bigint
  /** Of a balance that is too small for more: the debt that it pays for. */
  readonly repaidForAll: bigint
} {
  const base = (debt.priceE8 * repaid * collateral.unit) / (collateral.priceE8 * debt.unit)
  const most = (base * bonusBps) / BPS
  const total = most > balance ? balance : most
  const bonus = total - (total * BPS) / bonusBps
  const inDebt = (collateral.priceE8 * balance * debt.unit) / (debt.priceE8 * collateral.unit)
  return {
    total,
    fee: upwards(bonus * feeBps, BPS),
    repaidForAll: upwards(inDebt * BPS, bonusBps),
  }
}
