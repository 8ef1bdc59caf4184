// What borrowing costs and supplying earns at a usage of the reserve: slowly up to the optimal usage, steeply above it, so
// that debts are repaid and cash comes back before suppliers are locked in. Source: aave-v3-origin (v3.7),
// DefaultReserveInterestRateStrategyV2.sol. Rates a year, in ray.
import { BPS, RAY } from '@solvent/primitives'
import { percentMulHalfUp, rayDivHalfUp, rayMulHalfUp } from './math/ray-math.ts'

export interface RateCurve {
  /** 1 to 99 %, in ray. */
  readonly optimalUsageRay: bigint
  readonly baseRay: bigint
  /** What is added up to the optimal usage. */
  readonly slope1Ray: bigint
  /** What is added from there to full usage; at least slope 1. */
  readonly slope2Ray: bigint
}

export interface InterestRates {
  readonly borrowRateRay: bigint
  readonly supplyRateRay: bigint
}

/**
 * Both rates of a reserve. Debts that were written off (`deficit`) thin out what suppliers earn, and not what borrowers pay.
 *
 * @param reserveFactorBps of the interest, for the treasury
 */
export function interestRates(
  curve: RateCurve,
  use: {
    readonly cash: bigint
    readonly debt: bigint
    readonly deficit: bigint
    readonly reserveFactorBps: bigint
  },
): InterestRates {
  const { cash, debt, deficit, reserveFactorBps } = use
  if (debt === 0n) return { borrowRateRay: curve.baseRay, supplyRateRay: 0n }
  const borrowRateRay = borrowRate(curve, rayDivHalfUp(debt, cash + debt))
  const earning = rayMulHalfUp(borrowRateRay, rayDivHalfUp(debt, cash + debt + deficit))
  return { borrowRateRay, supplyRateRay: percentMulHalfUp(earning, BPS - reserveFactorBps) }
}

function borrowRate({ optimalUsageRay, baseRay, slope1Ray, slope2Ray }: RateCurve, usageRay: bigint): bigint {
  if (usageRay <= optimalUsageRay)
    return baseRay + rayDivHalfUp(rayMulHalfUp(slope1Ray, usageRay), optimalUsageRay)
  const excess = rayDivHalfUp(usageRay - optimalUsageRay, RAY - optimalUsageRay)
  return baseRay + slope1Ray + rayMulHalfUp(slope2Ray, excess)
}
