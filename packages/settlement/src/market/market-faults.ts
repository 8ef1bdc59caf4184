// What is wrong with a market's parameters. Sources: Uniswap v2-core and v3-core (UniswapV3Factory.enableFeeAmount), curve-contract
// SwapTemplateBase.vy (MAX_FEE, MAX_ADMIN_FEE, MAX_A).
import { impossibleOf, type ParameterFault } from '../parameter-fault.ts'
import type { ConcentratedPoolRules } from './concentrated/concentrated-pool.ts'
import type { PairFee } from './constant-product/quote.ts'
import { AMPLIFICATION_PRECISION } from './stable-swap/invariant.ts'
import type { StablePoolRules } from './stable-swap/stable-pool.ts'

const E10 = 10n ** 10n
const MAX_AMPLIFICATION = 10n ** 6n * AMPLIFICATION_PRECISION
const MAX_TICK_SPACING = 16_384
const PIPS = 1_000_000n

export function pairFaults({ numerator, denominator }: PairFee): ParameterFault[] {
  return impossibleOf([
    [denominator <= 0n, 'the fee has a denominator above 0'],
    [numerator < 0n || numerator >= denominator, 'the fee is from 0 to below 1'],
  ])
}

export function stablePoolFaults(rules: StablePoolRules): ParameterFault[] {
  const { amplification, feeE10, adminFeeE10, rates } = rules
  const faults = impossibleOf([
    [rates.length < 2, 'a stable pool has two coins or more'],
    [rates.some((rate) => rate <= 0n), 'every rate is above 0'],
    [
      amplification <= AMPLIFICATION_PRECISION || amplification > MAX_AMPLIFICATION,
      'the amplification is above 1 and at most 10^6 (times 100)',
    ],
    [feeE10 < 0n || feeE10 > E10 / 2n, 'the fee is from 0 to a half (5·10^9)'],
    [adminFeeE10 < 0n || adminFeeE10 > E10, "the administration's part of the fee is from 0 to 1 (10^10)"],
  ])
  if (faults.length === 0 && amplification < 10n * AMPLIFICATION_PRECISION)
    faults.push({
      severity: 'dubious',
      reason: 'an amplification below 10 may not settle when the pool is unbalanced',
    })
  return faults
}

export function concentratedPoolFaults({ feePips, tickSpacing }: ConcentratedPoolRules): ParameterFault[] {
  return impossibleOf([
    [feePips < 0n || feePips >= PIPS, 'the fee is from 0 to below 1,000,000 parts'],
    [
      !Number.isInteger(tickSpacing) || tickSpacing < 1 || tickSpacing >= MAX_TICK_SPACING,
      'the tick spacing is a whole number from 1 to 16,383',
    ],
  ])
}
