// What is wrong with an isolated market's parameters: what no market could be made with, and what runs until it is stressed. Sources:
// morpho-org/morpho-blue, Morpho.sol (enableLltv, setFee), ConstantsLib.sol (MAX_FEE).
import { WAD } from '@solvent/primitives'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'
import { MAX_RATE_AT_TARGET, MIN_RATE_AT_TARGET } from './adaptive-curve.ts'
import { type IsolatedTerms, incentiveFactor } from './isolated-market.ts'
import { wMulDown } from './wad-math.ts'

const MAX_FEE = WAD / 4n

export function isolatedFaults({ lltvWad, feeWad, rate }: IsolatedTerms): ParameterFault[] {
  const faults = impossibleOf([
    [lltvWad <= 0n || lltvWad >= WAD, 'the liquidation loan-to-value is above 0 and below 1'],
    [feeWad < 0n || feeWad > MAX_FEE, 'the fee is at most a quarter of the interest'],
    [
      rate.kind === 'adaptive-curve' &&
        (rate.atTargetWad < MIN_RATE_AT_TARGET || rate.atTargetWad > MAX_RATE_AT_TARGET),
      'the rate at the target usage is from 0.1 % to 200 % a year',
    ],
    [rate.kind === 'fixed' && rate.perSecondWad < 0n, 'rates are not negative'],
  ])
  if (faults.length > 0) return faults
  // By the factor's formula it is below 1 for every loan-to-value below 1; near 1 one tick of the price is all there is.
  const used = wMulDown(lltvWad, incentiveFactor(lltvWad))
  if (used > (99n * WAD) / 100n)
    faults.push({
      severity: 'dubious',
      reason: 'loan-to-value × incentive is above 0.99: a fall by one per cent leaves bad debt',
    })
  return faults
}
