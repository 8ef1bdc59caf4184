// Entries of one section of a scenario's controls: looked at, added, changed, taken away.
import { controlsSchema, type ScenarioControls } from '../../controls/control-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'

type Entry<K extends keyof ScenarioControls> = ScenarioControls[K][string]

export function entriesOf<K extends keyof ScenarioControls>({ controls }: Scenario, section: K): Entry<K>[] {
  return Object.values(controls?.[section] ?? {}) as Entry<K>[]
}

export function withEntries<K extends keyof ScenarioControls>(
  scenario: Scenario,
  section: K,
  added: readonly (readonly [string, Entry<K>])[],
): Scenario {
  if (added.length === 0) return scenario
  const controls: ScenarioControls = scenario.controls ?? controlsSchema.parse({})
  return {
    ...scenario,
    controls: { ...controls, [section]: { ...controls[section], ...Object.fromEntries(added) } },
  }
}

/** Null for an entry that goes. */
export function changedEntries<K extends keyof ScenarioControls>(
  scenario: Scenario,
  section: K,
  change: (entry: Entry<K>) => Entry<K> | null,
): Scenario {
  const { controls } = scenario
  if (controls === undefined) return scenario
  const kept = Object.entries(controls[section]).flatMap(([name, entry]) => {
    const changed = change(entry as Entry<K>)
    return changed === null ? [] : [[name, changed] as const]
  })
  return { ...scenario, controls: { ...controls, [section]: Object.fromEntries(kept) } }
}
