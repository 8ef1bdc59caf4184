// By how much an index grows in some seconds at a yearly rate. Source: aave-v3-origin (v3.7), MathUtils.sol. Suppliers earn
// linearly between two updates; debts grow by the first terms of e^x, slightly below it and above the linear rule. What lies
// between the two belongs to nobody and stays in the pool.
import { RAY } from '@solvent/primitives'
import { rayMulHalfUp } from './ray-math.ts'

/** 365 days: leap years are ignored. */
export const SECONDS_PER_YEAR = 31_536_000n

/** 1 + rate·Δt, in ray, rounded down. @example linearGrowthFloor(RAY / 10n, 31_536_000) // 1.1 ray */
export function linearGrowthFloor(rateRay: bigint, seconds: number): bigint {
  return RAY + (rateRay * BigInt(seconds)) / SECONDS_PER_YEAR
}

/** 1 + x + x²/2 + x³/6 with x = rate·Δt, in ray, as the contract rounds it. */
export function compoundedGrowth(rateRay: bigint, seconds: number): bigint {
  const x = (rateRay * BigInt(seconds)) / SECONDS_PER_YEAR
  return RAY + x + rayMulHalfUp(x, x / 2n + rayMulHalfUp(x, x / 6n))
}
