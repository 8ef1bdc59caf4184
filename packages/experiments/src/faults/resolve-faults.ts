// From the scenario's faults to the schedule that both runtimes apply.
import { assertNever } from '@solvent/primitives'
import type { ScheduledFault } from '@solvent/protocol'
import type { ScenarioFault } from '../scenario/scenario-schema.ts'
import { resolveBridgeFault } from './bridge-faults.ts'
import type { FaultResolution, ResolvedFault } from './fault-context.ts'
import { resolveNetworkFault } from './network-faults.ts'
import { resolveNodeFault } from './node-faults.ts'
import { resolveSequencerFault } from './sequencer-faults.ts'
import { resolveUpgradeFault } from './upgrade-faults.ts'

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
    case 'upgrade':
      return resolveUpgradeFault(fault, resolution)
    case 'sequencer-outage':
      return resolveSequencerFault(fault, resolution)
    default:
      return assertNever(fault)
  }
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
