// Whether a changed scenario still means something: the checks of a file, without a file.
import { checkScenario } from '../scenario/scenario-check.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

/** Why the scenario cannot be; null when it can. */
export function impossibility(scenario: Scenario): string | null {
  const { problems } = checkScenario(scenario, () => ({ line: 0, column: 0 }))
  return problems[0]?.problem ?? null
}
