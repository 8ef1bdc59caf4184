// From the scenario's faults to the schedule that both runtimes apply.
import type { ScheduledFault } from '@solvent/protocol'
import type { ScenarioFault } from '../scenario/scenario-schema.ts'
import type { FaultResolution } from './fault-context.ts'
import { ruleOf } from './fault-rules.ts'

/** The schedule, in order of time and then of the file. */
export function resolveFaults(resolution: FaultResolution): ScheduledFault[] {
  return inOrderOfTime(
    resolution.scenario.faults.flatMap((fault) =>
      ruleOf(fault)
        .resolve(fault, resolution)
        .map(
          (item): ScheduledFault => ({ atMs: fault.atSeconds * 1_000, label: labelOf(fault), fault: item }),
        ),
    ),
  )
}

/** What comes at the same moment stays in its order. */
export function inOrderOfTime(schedule: readonly ScheduledFault[]): ScheduledFault[] {
  return schedule
    .map((item, index) => ({ item, index }))
    .sort((a, b) => a.item.atMs - b.item.atMs || a.index - b.index)
    .map(({ item }) => item)
}

function labelOf(fault: ScenarioFault): string {
  return `${fault.kind} ${targetOf(fault)}`
}

/** What a fault befalls, for people. */
function targetOf(fault: ScenarioFault): string {
  if ('bridge' in fault && fault.bridge !== undefined) return fault.bridge
  if ('chain' in fault && fault.chain !== undefined) return fault.chain
  if ('node' in fault && fault.node !== undefined) return fault.node
  return 'from' in fault ? [fault.from].flat().join('+') : ''
}
