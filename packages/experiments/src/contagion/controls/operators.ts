// What operators do about a shock: they pause a bridge, share its loss, are asked for a freeze. Such deeds stand among a file's faults;
// they count as an answer where something else is the shock.
import type { WrittenFault } from '../../faults/fault-schema.ts'
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { answers, attacks, shockAtSeconds } from '../shock.ts'

/** Whether the file has a shock beside such deeds. */
export function hasOtherShock(scenario: Scenario): boolean {
  return shockAtSeconds(withoutFaults(scenario, [...answers])) !== null
}

export function answersOf(scenario: Scenario, kinds: readonly string[]): WrittenFault[] {
  return hasOtherShock(scenario) ? scenario.faults.filter(({ kind }) => kinds.includes(kind)) : []
}

export function withoutAnswers(scenario: Scenario, kinds: readonly string[]): Scenario {
  return hasOtherShock(scenario) ? withoutFaults(scenario, kinds) : scenario
}

/** So long after the shock began, within the run; null without a shock. */
export function afterShock(scenario: Scenario, seconds: number): number | null {
  const other = shockAtSeconds(withoutFaults(scenario, [...answers]))
  return other === null ? null : Math.min(scenario.durationSeconds - 1, other + seconds)
}

/** Actors who attack. */
export function attackersOf({ actors }: Scenario): string[] {
  return Object.keys(actors).filter((name) => attacks(actors[name]!))
}

function withoutFaults(scenario: Scenario, kinds: readonly string[]): Scenario {
  return { ...scenario, faults: scenario.faults.filter(({ kind }) => !kinds.includes(kind)) }
}
