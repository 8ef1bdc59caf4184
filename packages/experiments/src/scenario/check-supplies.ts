// Amounts add up: nobody holds more of a wrapped asset than is locked for it, no more is locked and held than there is, and no more shares lie in
// pools than were provided.
import { participantHoldings } from '../assembly/assemble-genesis.ts'
import { shortages } from '../assembly/stated-supply.ts'
import { lendsShares } from '../lending/claims-at-start.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

/** Of a scenario in which nothing else is wrong. By the draws of the file's own seed: what people hold hardly depends on it. */
export function checkSupplies(scenario: Scenario, findings: Findings): void {
  const isBridged = Object.keys(scenario.bridges).length > 0
  if (findings.problems.length > 0 || !(isBridged || lendsShares(scenario))) return
  for (const { path, problem, ...details } of shortages(
    scenario,
    participantHoldings(scenario, String(scenario.seed)),
  ))
    findings.add('E_RANGE', path, problem, details)
}
