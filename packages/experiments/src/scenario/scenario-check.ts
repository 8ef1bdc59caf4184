// What a scenario file means: references resolve, ranges fit each other, nothing is impossible. Runs after
// the shape is known to be right; finds all problems at once, once every amount can be counted.
import { invariantIds } from '@solvent/audit'
import { checkActors } from '../actors/check-actors.ts'
import { checkControls } from '../controls/check-controls.ts'
import { warnOfIdleControls } from '../controls/idle-controls.ts'
import { warnOfVotesOutOfReach } from '../controls/vote-reach.ts'
import { checkDerivatives } from '../derivatives/check-derivatives.ts'
import { checkFault } from '../faults/check-fault.ts'
import { faultLabels } from '../faults/draw-faults.ts'
import { checkLending } from '../lending/check-lending.ts'
import { checkIsolatedMarkets } from '../lending/isolated-markets.ts'
import { checkOracles } from '../oracles/check-oracles.ts'
import { checkPopulations } from '../populations/check-populations.ts'
import { checkPrices } from '../prices/check-prices.ts'
import { checkAccountRotations } from './account-rotations.ts'
import { checkAccountSchemes } from './account-schemes.ts'
import { checkAccomplices } from './check-accomplices.ts'
import { checkAuctionTerms } from './check-auction-terms.ts'
import { checkDecimals } from './check-decimals.ts'
import { checkExpectations } from './check-expectations.ts'
import { checkMarkets } from './check-markets.ts'
import { checkBridges, checkChains, checkSequencers } from './check-networks.ts'
import { checkNodeNames } from './check-node-names.ts'
import { checkSolvers, checkUsers } from './check-participants.ts'
import { checkPreconfirmations } from './check-preconfirmations.ts'
import { checkRollups } from './check-rollups.ts'
import { checkSnapshots } from './check-snapshots.ts'
import { checkRings } from './check-strategies.ts'
import { checkSupplies } from './check-supplies.ts'
import { checkTransferFees } from './check-transfer-fees.ts'
import { checkValidators } from './check-validators.ts'
import { Findings } from './findings.ts'
import { checkFineness } from './fineness.ts'
import type { ScenarioProblem } from './scenario-error.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'
import { warnOfSolversWithoutGas } from './solver-gas.ts'
import { writtenAmounts } from './written-amounts.ts'
import type { Locate } from './yaml-place.ts'

export function checkScenario(
  scenario: Scenario,
  locate: Locate,
): { problems: ScenarioProblem[]; warnings: ScenarioWarning[] } {
  const findings = new Findings(locate)
  const warnings: ScenarioWarning[] = []
  // The other checks reckon with the amounts.
  if (!checkFineness(writtenAmounts(scenario), findings)) return { problems: findings.problems, warnings }
  checkNames(scenario, findings)
  checkPrices(scenario, findings)
  checkChains(scenario, findings)
  checkRollups(scenario, findings, warnings)
  checkPreconfirmations(scenario, findings, warnings)
  checkSequencers(scenario, findings)
  checkValidators(scenario, findings, warnings)
  checkBridges(scenario, findings, warnings)
  checkMarkets(scenario, findings)
  checkDerivatives(scenario, findings, warnings)
  checkSolvers(scenario, findings)
  checkRings(scenario, findings)
  checkAuctionTerms(scenario, findings, warnings)
  checkAccomplices(scenario, findings)
  checkUsers(scenario, findings)
  checkTransferFees(scenario, findings)
  checkDecimals(scenario, findings)
  checkOracles(scenario, findings, warnings)
  checkLending(scenario, findings, warnings)
  checkIsolatedMarkets(scenario, findings, warnings)
  checkControls(scenario, findings, warnings)
  checkPopulations(scenario, findings, warnings)
  checkActors(scenario, findings)
  checkAccountSchemes(scenario, findings)
  checkAccountRotations(scenario, findings, warnings)
  scenario.faults.forEach((fault, index) =>
    checkFault(fault, { scenario, path: ['faults', index], findings }, warnings),
  )
  checkFaultLabels(scenario, findings)
  checkSnapshots(scenario, findings)
  scenario.exercises.forEach((id, index) =>
    findings.reference(['exercises', index], 'invariant', id, invariantIds),
  )
  checkExpectations(scenario, findings, warnings)
  checkSupplies(scenario, findings)
  if (findings.problems.length === 0) warnOfSoundFile(scenario, warnings)
  return { problems: findings.problems, warnings }
}

/** What can be said only where all that the file names is there. */
function warnOfSoundFile(scenario: Scenario, warnings: ScenarioWarning[]): void {
  warnOfIdleControls(scenario, warnings)
  warnOfVotesOutOfReach(scenario, warnings)
  warnOfSolversWithoutGas(scenario, warnings)
}

function checkNames(scenario: Scenario, findings: Findings): void {
  if (findings.reference(['gasAsset'], 'asset', scenario.gasAsset, Object.keys(scenario.assets))) {
    const carrier = Object.entries(scenario.bridges).find(([, bridge]) => scenario.gasAsset in bridge.assets)
    if (carrier !== undefined)
      findings.add('E_REFERENCE', ['gasAsset'], `the gas asset is carried by bridge ${carrier[0]}`, {
        got: scenario.gasAsset,
        allowed: 'an asset that no bridge wraps',
      })
  }
  checkNodeNames(scenario, findings)
  if (Number.isNaN(Date.parse(scenario.start)))
    findings.add('E_VALUE', ['start'], 'not a date', {
      got: scenario.start,
      allowed: 'a time like 2026-04-18T17:25:00Z',
    })
}

function checkFaultLabels(scenario: Scenario, findings: Findings): void {
  const labels = faultLabels(scenario.faults)
  labels.forEach((label, index) => {
    if (labels.indexOf(label) === index) return
    findings.add('E_REFERENCE', ['faults', index, 'label'], 'two faults have the same label', {
      got: label,
      allowed: 'distinct labels, and none that another fault has by its place',
    })
  })
}
