// Margin that follows realised volatility: the variance of returns as RiskMetrics weighs it, and a margin of so many standard
// deviations over the horizon, between a floor and a cap. Source: RiskMetrics, Technical Document (J.P. Morgan, 1996), §5.2: λ = 0.94
// for days. Exact: squared returns in wad, the root rounded down, the margin rounded up to basis points.
import { BPS, isqrtFloor, maxBig, minBig, WAD } from '@solvent/primitives'
import { impossibleOf, type ParameterFault } from '../parameter-fault.ts'

export interface DynamicMarginRules {
  /** λ in basis points: 9,400. */
  readonly decayBps: bigint
  /** Standard deviations of one interval, in hundredths: 233 is 2.33, one in a hundred on one side. */
  readonly deviationsE2: bigint
  /** Intervals that a position takes to be closed. */
  readonly horizon: bigint
  readonly floorBps: bigint
  readonly capBps: bigint
}

export interface RealisedVariance {
  readonly priceE8: bigint
  /** Of one interval, wad. */
  readonly varianceE18: bigint
}

/** σ² = λ·σ² + (1 − λ)·r², r the simple return since the last price. */
export function afterReturn(
  state: RealisedVariance,
  priceE8: bigint,
  { decayBps }: DynamicMarginRules,
): RealisedVariance {
  const moved = ((priceE8 - state.priceE8) * WAD) / state.priceE8
  const squared = (moved * moved) / WAD
  return { priceE8, varianceE18: (decayBps * state.varianceE18 + (BPS - decayBps) * squared) / BPS }
}

/** The margin of the moment, in basis points. */
export function marginBpsUp(
  { varianceE18 }: RealisedVariance,
  { deviationsE2, horizon, floorBps, capBps }: DynamicMarginRules,
): bigint {
  const deviationE18 = isqrtFloor(varianceE18 * horizon * WAD)
  const divisor = 100n * WAD
  const margin = (deviationE18 * deviationsE2 * BPS + divisor - 1n) / divisor
  return minBig(maxBig(margin, floorBps), capBps)
}

export function dynamicMarginFaults(rules: DynamicMarginRules): ParameterFault[] {
  const { decayBps, deviationsE2, horizon, floorBps, capBps } = rules
  const faults = impossibleOf([
    [decayBps < 0n || decayBps >= BPS, 'the decay is from 0 to below 1'],
    [deviationsE2 <= 0n || horizon <= 0n, 'a margin is of some deviations over some intervals'],
    [
      floorBps <= 0n || floorBps > capBps || capBps > BPS,
      'the margin lies between a floor above 0 and a cap of at most 1',
    ],
  ])
  if (faults.length === 0 && floorBps === capBps)
    faults.push({
      severity: 'dubious',
      reason: 'floor and cap are the same: the margin does not follow anything',
    })
  return faults
}
