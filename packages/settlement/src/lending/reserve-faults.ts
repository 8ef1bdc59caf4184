// What is wrong with a reserve's parameters: what no pool could run with, and what runs until it is stressed. Sources:
// aave-v3-origin (v3.7), PoolConfigurator.sol (configureReserveAsCollateral), DefaultReserveInterestRateStrategyV2.sol
// (bounds of the curve); Warmuz, Chaudhary & Pinna 2022 (liquidations that harm by design).
import { BPS, RAY } from '@solvent/primitives'
import { impossibleOf, type ParameterFault } from '../parameter-fault.ts'
import type { CollateralTerms, ReserveConfig } from './reserve.ts'

const MAX_RATE_RAY = 10n * RAY
const MIN_OPTIMAL = RAY / 100n

/** All faults of one reserve's parameters, in a fixed order. */
export function reserveFaults(config: ReserveConfig): ParameterFault[] {
  const { rateCurve: curve } = config
  return [
    ...collateralFaults(config),
    ...impossibleOf([
      [
        !Number.isInteger(config.decimals) || config.decimals < 0 || config.decimals > 36,
        'decimals are a whole number from 0 to 36',
      ],
      [isOutside(config.reserveFactorBps), 'the reserve factor is from 0 to 10,000 basis points'],
      [
        isOutside(config.liquidationProtocolFeeBps),
        'the protocol fee on liquidations is from 0 to 10,000 basis points',
      ],
      [config.supplyCap < 0n || config.borrowCap < 0n, 'caps are not negative'],
      [
        curve.optimalUsageRay < MIN_OPTIMAL || curve.optimalUsageRay > RAY - MIN_OPTIMAL,
        'the optimal usage is from 1 % to 99 %',
      ],
      [curve.baseRay < 0n || curve.slope1Ray < 0n, 'rates are not negative'],
      [curve.slope1Ray > curve.slope2Ray, 'slope 2 is at least slope 1'],
      [
        curve.baseRay + curve.slope1Ray + curve.slope2Ray > MAX_RATE_RAY,
        'the rate at full usage is at most 1,000 % a year',
      ],
    ]),
  ]
}

/** Faults of an asset's terms as collateral, or of an e-mode category's. */
export function collateralFaults(terms: CollateralTerms): ParameterFault[] {
  const { ltvBps, liquidationThresholdBps: threshold, liquidationBonusBps: bonus } = terms
  const faults: ParameterFault[] = []
  if (ltvBps < 0n || ltvBps > threshold)
    faults.push({ severity: 'impossible', reason: 'the loan-to-value is at most the liquidation threshold' })
  if (threshold > BPS)
    faults.push({
      severity: 'impossible',
      reason: 'the liquidation threshold is at most 10,000 basis points',
    })
  if (threshold === 0n) return faults
  if (bonus <= BPS)
    faults.push({ severity: 'impossible', reason: 'the liquidation bonus is above 10,000 basis points' })
  else if (threshold * bonus > BPS * BPS)
    faults.push({
      severity: 'impossible',
      reason: 'threshold × bonus is above 1: a position at the threshold cannot pay its liquidator',
    })
  else if (threshold * bonus === BPS * BPS)
    faults.push({
      severity: 'dubious',
      reason: 'threshold × bonus is 1: every liquidation raises the loan-to-value',
    })
  if (ltvBps === threshold)
    faults.push({
      severity: 'dubious',
      reason: 'the loan-to-value is the threshold: debt taken in full is liquidated at the next tick',
    })
  return faults
}

function isOutside(bps: bigint): boolean {
  return bps < 0n || bps > BPS
}
