// The meaning of actors: what they hold exists, their steps lie within the run and wait for what comes before them.
import { chainEventKinds } from '@solvent/protocol'
import { checkHoldings } from '../scenario/check-holdings.ts'
import type { Findings, Path } from '../scenario/findings.ts'
import { venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { stepLabel } from './step-label.ts'
import type { ScenarioStep, StepCheck } from './step-rule.ts'
import { ruleOf } from './step-rules.ts'

export function checkActors(scenario: Scenario, findings: Findings): void {
  for (const [actor, { holdings, steps }] of Object.entries(scenario.actors)) {
    checkHoldings(scenario, holdings, ['actors', actor, 'holdings'], findings)
    const labels: string[] = []
    steps.forEach((step, index) => {
      const path = ['actors', actor, 'steps', index]
      const label = stepLabel(step, index)
      if (labels.includes(label))
        findings.add('E_REFERENCE', [...path, 'label'], 'two steps have the same label', {
          got: label,
          allowed: 'distinct labels',
        })
      if (step.atSeconds > scenario.durationSeconds)
        findings.add('E_RANGE', [...path, 'atSeconds'], 'the step comes after the end of the run', {
          got: String(step.atSeconds),
          allowed: `at most ${scenario.durationSeconds}`,
        })
      if (step.when === 'called' && step.atSeconds !== 0)
        findings.add('E_VALUE', [...path, 'atSeconds'], 'the fault that calls the step says when', {
          got: String(step.atSeconds),
          allowed: 'no atSeconds beside `when: called`',
        })
      checkWaits(step, labels, { scenario, actor, index, path: [...path, 'after'], findings })
      ruleOf(step).check(step, { scenario, actor, index, path, findings })
      labels.push(label)
    })
  }
}

/** The waits of a step, as a list. */
export function waitsOf({ after }: ScenarioStep) {
  return Array.isArray(after) ? after : [after]
}

function checkWaits(step: ScenarioStep, earlier: readonly string[], check: StepCheck): void {
  const { scenario, findings } = check
  const isList = Array.isArray(step.after)
  waitsOf(step).forEach((wait, index) => {
    const path: Path = isList ? [...check.path, index] : check.path
    if (typeof wait === 'string') findings.reference(path, 'earlier step', wait, earlier)
    else if ('step' in wait) findings.reference([...path, 'step'], 'earlier step', wait.step, earlier)
    else if ('delivered' in wait)
      findings.reference([...path, 'delivered'], 'earlier step', wait.delivered, earlier)
    else if ('market' in wait)
      findings.reference(
        [...path, 'market'],
        'market',
        wait.market,
        venuesOf(scenario).map((venue) => venue.name),
      )
    else {
      findings.reference([...path, 'chain'], 'chain', wait.chain, Object.keys(scenario.chains))
      findings.reference([...path, 'event'], 'event of a chain', wait.event, chainEventKinds)
    }
  })
}
