// The meaning of faults: they hit what exists, within the run.
import type { ScenarioFault } from '../scenario/scenario-schema.ts'
import type { FaultCheck } from './fault-context.ts'
import { ruleOf } from './fault-rules.ts'

export function checkFault(fault: ScenarioFault, check: FaultCheck): void {
  const { scenario, path, findings } = check
  if (fault.atSeconds > scenario.durationSeconds) {
    findings.add('E_RANGE', [...path, 'atSeconds'], 'the fault comes after the end of the run', {
      got: String(fault.atSeconds),
      allowed: `at most ${scenario.durationSeconds}`,
    })
  }
  ruleOf(fault).check(fault, check)
}
