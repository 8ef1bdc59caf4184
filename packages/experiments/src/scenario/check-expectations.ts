// What expectations mean: each compares with something, once; those of an incident say what was fitted and what was predicted.
import type { ScenarioExpectation } from './expectation-schema.ts'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'
import { shockPlaces } from './shock.ts'

export function checkExpectations(scenario: Scenario, findings: Findings, warnings: ScenarioWarning[]): void {
  const { expectations, incident } = scenario
  expectations.forEach((expectation, index) => {
    checkBounds(expectation, ['expectations', index], findings)
    if (incident !== undefined && expectation.kind === undefined)
      findings.add(
        'E_MISSING',
        ['expectations', index],
        'an incident says what was fitted and what was predicted',
        {
          got: 'no kind',
          allowed: 'kind: fitted or kind: predicted',
        },
      )
  })
  if (incident === undefined) return
  incident.shock.forEach((path, index) => {
    if (shockPlaces(scenario, path) > 0) return
    findings.add('E_REFERENCE', ['incident', 'shock', index], 'nothing that can be halved stands there', {
      got: path,
      allowed: 'a path to numbers or decimals of this file, e.g. faults.0.amount or actors.*.steps.*.amount',
    })
  })
  const predicted = expectations.filter(({ kind }) => kind === 'predicted').length
  if (predicted <= incident.calibrated.length)
    warnings.push({
      rule: 'more-calibrated-than-predicted',
      path: 'incident.calibrated',
      message: `${incident.calibrated.length} values were chosen and ${predicted} figures predicted: so many choices can explain anything`,
    })
}

/** Checks that an expectation compares with something, once. */
export function checkBounds(expectation: ScenarioExpectation, path: Path, findings: Findings): void {
  const { atLeast, atMost, equals, reported } = expectation
  const hasBounds = atLeast !== undefined || atMost !== undefined || equals !== undefined
  const add = (problem: string, got: string, allowed: string) =>
    findings.add('E_VALUE', path, problem, { got, allowed })
  if (!hasBounds && reported?.value === undefined)
    add(
      'the expectation compares with nothing',
      'none of them',
      'atLeast, atMost or equals, or reported.value with tolerancePercent',
    )
  if (reported === undefined) return
  if ((reported.value === undefined) === (reported.says === undefined))
    add('what was reported is a value or words', 'both or none', 'reported.value or reported.says')
  if (reported.value === undefined) return
  if (hasBounds) add('bounds follow from the reported value', 'bounds as well', 'reported.value or bounds')
  if (reported.tolerancePercent === undefined)
    add('the reported value has no tolerance', 'none', 'tolerancePercent, e.g. 5 or 25')
}
