// From the scenario's faults to the schedule that both runtimes apply.
import { createStreams } from '@solvent/kernel'
import type { ScheduledFault } from '@solvent/protocol'
import { type DrawnFault, drawFaults } from './draw-faults.ts'
import type { FaultResolution } from './fault-context.ts'
import { ruleOf } from './fault-rules.ts'
import type { ScenarioFault } from './fault-schema.ts'

type Run = Pick<FaultResolution, 'scenario' | 'spec' | 'seed'>

/** The schedule of a run, in order of time and then of the file. */
export function resolveFaults(resolution: Run): ScheduledFault[] {
  const drawn = drawFaults(resolution.scenario, resolution.seed)
  return inOrderOfTime(drawn.flatMap((each) => resolveFault(each, resolution)))
}

/** What one fault becomes. */
export function resolveFault({ label, turn, fault }: Omit<DrawnFault, 'index'>, run: Run): ScheduledFault[] {
  const streams = createStreams(run.seed)
  const stream = (purpose: string) => streams.stream(`fault/${label}/${turn}/${purpose}`)
  return ruleOf(fault)
    .resolve(fault, { ...run, stream })
    .map((part) => {
      const { afterMs, fault: item } = 'afterMs' in part ? part : { afterMs: 0, fault: part }
      return { atMs: fault.atSeconds * 1_000 + afterMs, label: labelOf(fault), fault: item }
    })
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
  if ('actor' in fault) return fault.actor
  if ('market' in fault) return fault.market
  if ('custodian' in fault) return fault.custodian
  if ('solver' in fault) return fault.solver
  if ('solvers' in fault) return fault.solvers?.join('+') ?? ''
  if ('node' in fault) return fault.node ?? ''
  return 'from' in fault ? [fault.from].flat().join('+') : ''
}
