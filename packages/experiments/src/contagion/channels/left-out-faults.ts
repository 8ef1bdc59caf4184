// A scenario without faults of some kinds.
import type { Scenario } from '../../scenario/scenario-schema.ts'

export function without(scenario: Scenario, kinds: ReadonlySet<string>): Scenario {
  return { ...scenario, faults: scenario.faults.filter(({ kind }) => !kinds.has(kind)) }
}
