// All controls that a study measures, in the order in which it shows them.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { impossibility } from '../possible.ts'
import { askedTerms, issuerFreeze, jurisdictions } from './asked-measures.ts'
import { clearingFund, coverFunds, discountWindow } from './backstops.ts'
import { liquidationHalt, marketBreaker, withdrawalHalt } from './breakers.ts'
import { accountant, governor, limiter, withdrawalCap } from './bridge-controls.ts'
import { collateralCheck } from './collateral-check.ts'
import type { Control } from './control.ts'
import { departureLimit } from './departure-limit.ts'
import { disputers } from './disputers.ts'
import { dynamicMargin, dynamicRatio } from './dynamic-terms.ts'
import { earlyPause } from './early-pause.ts'
import { accountKeys, keyRotation } from './key-rotation.ts'
import { borrowCaps, marketOutflowLimit, outflowLimit, plainTerms, supplyCaps } from './lending-limits.ts'
import { dutchLiquidation, englishLiquidation, slowLiquidation } from './liquidation-engines.ts'
import { delayedOracles, outsideOracles } from './oracle-choices.ts'
import { insuranceFund, mutualCover } from './pool-insurance.ts'
import { feedMedians, priceAgreement, priceBand, sequencerGrace } from './price-rules.ts'
import { prudentSolvers } from './prudent-solvers.ts'
import { noPause, socialisedLoss } from './recovery-rules.ts'
import { governanceVote, riskAgent } from './risk-agents.ts'

export const controls: readonly Control[] = [
  limiter,
  governor,
  departureLimit,
  accountant,
  withdrawalCap,
  disputers,
  keyRotation,
  accountKeys,
  noPause,
  earlyPause,
  socialisedLoss,
  prudentSolvers,
  marketBreaker,
  marketOutflowLimit,
  liquidationHalt,
  withdrawalHalt,
  slowLiquidation,
  englishLiquidation,
  dutchLiquidation,
  outflowLimit,
  supplyCaps,
  borrowCaps,
  collateralCheck,
  plainTerms,
  dynamicRatio,
  dynamicMargin,
  mutualCover,
  insuranceFund,
  clearingFund,
  coverFunds,
  discountWindow,
  outsideOracles,
  delayedOracles,
  feedMedians,
  priceAgreement,
  priceBand,
  sequencerGrace,
  riskAgent,
  governanceVote,
  askedTerms,
  issuerFreeze,
  jurisdictions,
]

/** The scenario with these controls, and without the others but those that it cannot be without. */
export function withControls(
  scenario: Scenario,
  chosen: readonly Control[],
  lasting: ReadonlyMap<Control, string> = new Map(),
): Scenario {
  return controls.reduce((each, control) => {
    if (lasting.has(control)) return each
    return chosen.includes(control) ? control.add(each) : control.remove(each)
  }, scenario)
}

/** Controls of a scenario that something else in it needs, and what is wrong without them. */
export function lastingControls(scenario: Scenario): Map<Control, string> {
  const lasting = new Map<Control, string>()
  if (impossibility(scenario) !== null) return lasting
  let bare = scenario
  for (const control of controls) {
    if (!control.isIn(bare)) continue
    const without = control.remove(bare)
    const problem = impossibility(without)
    if (problem === null) bare = without
    else lasting.set(control, problem)
  }
  return lasting
}
