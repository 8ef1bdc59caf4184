// What a fault asks for that a runtime cannot do: said at the start of a run, so that nobody waits for it.
import type { ScheduledFault } from '@solvent/protocol'

/** One line for each kind of thing that the schedule asks of libp2p and that it does not do. */
export function unplayedOnLibp2p(schedule: readonly ScheduledFault[]): string[] {
  const lines = new Set<string>()
  for (const { fault, label } of schedule) {
    if (fault.kind === 'link' && fault.duplicate > 0)
      lines.add(`${label}: libp2p repeats nothing, because ids make repetition invisible above it`)
    if (fault.kind === 'crash' && fault.disk === 'unsynced-lost')
      lines.add(`${label}: a killed process loses nothing that it wrote, so that the disk is kept`)
  }
  return [...lines]
}

/** The same of the simulator. */
export function unplayedInSimulator(schedule: readonly ScheduledFault[]): string[] {
  const lines = new Set<string>()
  for (const { fault, label } of schedule) {
    if (fault.kind === 'crash' && fault.heapMegabytes !== undefined)
      lines.add(`${label}: simulated nodes share one process and its heap: the node comes back with no less`)
  }
  return [...lines]
}
