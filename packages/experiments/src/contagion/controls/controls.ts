// All controls that a study measures, in the order in which it shows them.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { liquidationHalt, marketBreaker } from './breakers.ts'
import { accountant, limiter, withdrawalCap } from './bridge-controls.ts'
import type { Control } from './control.ts'
import { earlyPause } from './early-pause.ts'
import { outflowLimit, plainTerms, supplyCaps } from './lending-limits.ts'
import { dutchLiquidation, englishLiquidation, slowLiquidation } from './liquidation-engines.ts'
import { delayedOracles, outsideOracles } from './oracle-choices.ts'
import { prudentSolvers } from './prudent-solvers.ts'
import { governanceVote, riskAgent } from './risk-agents.ts'

export const controls: readonly Control[] = [
  limiter,
  accountant,
  withdrawalCap,
  earlyPause,
  prudentSolvers,
  marketBreaker,
  liquidationHalt,
  slowLiquidation,
  englishLiquidation,
  dutchLiquidation,
  outflowLimit,
  supplyCaps,
  plainTerms,
  outsideOracles,
  delayedOracles,
  riskAgent,
  governanceVote,
]

/** The scenario with these controls, and without the others. */
export function withControls(scenario: Scenario, chosen: readonly Control[]): Scenario {
  return controls.reduce(
    (each, control) => (chosen.includes(control) ? control.add(each) : control.remove(each)),
    scenario,
  )
}
