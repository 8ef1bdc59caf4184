// What is wrong with the parameters of liquidation auctions. Sources: makerdao/dss, flip.sol, clip.sol, abaci.sol.
import { RAY, WAD } from '@solvent/primitives'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'
import type { ClipRules } from './clip-auction.ts'
import type { FlipRules } from './flip-auction.ts'

export function flipFaults({ beg, ttlSeconds, tauSeconds }: FlipRules): ParameterFault[] {
  const faults = impossibleOf([
    [beg < WAD, 'the least raise is at least 1 (in wad)'],
    [!(ttlSeconds > 0) || !(tauSeconds > 0), 'a bid and an auction last at least a second'],
  ])
  if (beg === WAD)
    faults.push({
      severity: 'dubious',
      reason: 'the least raise is nothing: a bid of one unit more takes the lot and opens the window anew',
    })
  if (ttlSeconds > tauSeconds)
    faults.push({
      severity: 'dubious',
      reason: 'a bid outlives its auction, so that no bid can be answered to its end',
    })
  return faults
}

export function clipFaults(rules: ClipRules): ParameterFault[] {
  const { buf, cusp, dust, tailSeconds, decrease } = rules
  const isLinear = decrease.kind === 'linear'
  const faults = impossibleOf([
    [buf <= 0n, 'the start is above 0 times the price of the oracle'],
    [cusp < 0n || cusp >= RAY, 'the floor is from 0 to below 1 of the start (in ray)'],
    [dust < 0n, 'the dust is not negative'],
    [!(tailSeconds > 0), 'an auction lasts at least a second'],
    [isLinear && !(decrease.tauSeconds > 0), 'the price takes at least a second to fall to nothing'],
    [!isLinear && !(decrease.stepSeconds > 0), 'a step of the price lasts at least a second'],
    [
      !isLinear && (decrease.cut <= 0n || decrease.cut >= RAY),
      'a step leaves more than 0 and less than 1 of the price (in ray)',
    ],
  ])
  if (buf < RAY)
    faults.push({
      severity: 'dubious',
      reason: 'the start is below the price of the oracle: the first buyer takes it all',
    })
  return faults
}
