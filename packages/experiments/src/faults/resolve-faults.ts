// From the scenario's faults to the schedule that both runtimes apply.
import { assertNever } from '@solvent/primitives'
import type { ScheduledFault } from '@solvent/protocol'
import type { ScenarioFault } from '../scenario/scenario-schema.ts'
import { resolveBridgeFault } from './bridge-faults.ts'
import type { FaultResolution, ResolvedFault } from './fault-context.ts'
import { resolveNetworkFault } from './network-faults.ts'
import { resolveNodeFault } from './node-faults.ts'

/** The schedule, in order of time and then of the file. */
export function resolveFaults(resolution: FaultResolution): ScheduledFault[] {
  const scheduled = resolution.scenario.faults.flatMap((fault) =>
    resolve(fault, resolution).map(
      (item): ScheduledFault => ({ atMs: fault.atSeconds * 1_000, label: labelOf(fault), fault: item }),
    ),
  )
  return scheduled
    .map((item, index) => ({ item, index }))
    .sort((a, b) => a.item.atMs - b.item.atMs || a.index - b.index)
    .map(({ item }) => item)
}

function resolve(fault: ScenarioFault, resolution: FaultResolution): ResolvedFault {
  switch (fault.kind) {
    case 'crash':
    case 'suspend':
    case 'clock-skew':
      return resolveNodeFault(fault)
    case 'partition':
    case 'link':
      return resolveNetworkFault(fault)
    case 'forge':
    case 'pause':
    case 'unpause':
      return resolveBridgeFault(fault, resolution)
    default:
      return assertNever(fault)
  }
}

function labelOf(fault: ScenarioFault): string {
  const target = 'bridge' in fault ? fault.bridge : 'node' in fault ? fault.node : fault.from.join('+')
  return `${fault.kind} ${target}`
}
