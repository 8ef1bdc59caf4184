// A scenario without faults of some kinds.
import type { Scenario } from '../../scenario/scenario-schema.ts'

export function without(scenario: Scenario, isMeant: (kind: string) => boolean): Scenario {
  return { ...scenario, faults: scenario.faults.filter(({ kind }) => !isMeant(kind)) }
}
