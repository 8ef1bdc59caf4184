// What is wrong with the parameters of a pool's liquidation engine.
import { BPS } from '@solvent/primitives'
import type { LiquidationEngine } from '@solvent/protocol'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'
import { clipFaults, flipFaults } from '../liquidation/auction-faults.ts'
import { clipRulesOf, flipRulesOf } from './collateral-auction.ts'

/** All faults of an engine, in a fixed order. */
export function auctionFaults(engine: LiquidationEngine): ParameterFault[] {
  if (engine.kind === 'fixed-spread') return []
  if (engine.kind === 'slow')
    return impossibleOf([
      [engine.partBps <= 0n || engine.partBps > BPS / 2n, 'a part is above 0 and at most half of a debt'],
      [engine.intervalSeconds < 1, 'parts are at least a second apart'],
    ])
  const both = impossibleOf([
    [engine.penaltyBps < 0n || engine.penaltyBps > BPS, 'the penalty is from 0 to 10,000 basis points'],
    [engine.lots.some(({ most }) => most <= 0n), 'a lot is above 0'],
  ])
  const own = engine.kind === 'english' ? flipFaults(flipRulesOf(engine)) : clipFaults(clipRulesOf(engine))
  return [...both, ...own]
}
