// The meaning of a scenario's derivatives and custodians, kind by kind.
import type { Findings } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioWarning } from '../scenario/scenario-warning.ts'
import { checkCustodians } from './check-custodians.ts'
import { checkOptions } from './check-options.ts'
import { checkPerpetuals } from './check-perpetuals.ts'
import { checkStablecoins } from './check-stablecoins.ts'
import { checkCovers } from './covers.ts'
import { checkNavFunds } from './nav-funds.ts'

export function checkDerivatives(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  checkStablecoins(scenario, findings, warnings)
  checkCustodians(scenario, findings, warnings)
  checkPerpetuals(scenario, findings, warnings)
  checkCovers(scenario, findings, warnings)
  checkOptions(scenario, findings, warnings)
  checkNavFunds(scenario, findings, warnings)
}
