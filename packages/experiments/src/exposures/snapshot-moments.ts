// When the watcher of a run draws up who owes whom: as the scenario says, and just before and after each fault.
import type { SnapshotMoment } from '@solvent/nodes'
import { secondsToMs } from '@solvent/primitives'
import type { ScheduledFault } from '@solvent/protocol'
import { MOST_SNAPSHOTS, type Scenario } from '../scenario/scenario-schema.ts'

/** The most that faults add; later ones have none. */
const MOST_OF_FAULTS = 200

/** In order of time, one for each moment, what is at one moment named together. Unix ms. */
export function snapshotMoments(
  { snapshots, durationSeconds }: Scenario,
  faults: readonly ScheduledFault[],
  genesisMs: number,
): SnapshotMoment[] {
  const endMs = secondsToMs(durationSeconds)
  const labels = new Map<number, string[]>()
  const add = (atMs: number, label: string) => {
    // The end of the run has one anyway.
    if (atMs >= endMs) return
    const known = labels.get(atMs)
    if (known === undefined) labels.set(atMs, [label])
    else if (!known.includes(label)) known.push(label)
  }
  add(0, 'start')
  for (const atSeconds of scheduledSeconds({ snapshots, durationSeconds }))
    add(secondsToMs(atSeconds), 'scheduled')
  for (const { atMs, label } of faults) {
    if (labels.size >= MOST_SNAPSHOTS + MOST_OF_FAULTS) break
    add(atMs, `before ${label}`)
    add(atMs + secondsToMs(snapshots?.afterFaultSeconds ?? AFTER_FAULT_SECONDS), `after ${label}`)
  }
  return [...labels]
    .sort(([a], [b]) => a - b)
    .map(([atMs, named]) => ({ atMs: genesisMs + atMs, label: named.join('; ').slice(0, MOST_LABEL) }))
}

/** Where the file says nothing. */
const AFTER_FAULT_SECONDS = 60
const MOST_LABEL = 1_000

/** The moments that a scenario names itself. */
export function scheduledSeconds({
  snapshots,
  durationSeconds,
}: Pick<Scenario, 'snapshots' | 'durationSeconds'>): number[] {
  const { everySeconds, atSeconds = [] } = snapshots ?? {}
  const regular =
    everySeconds === undefined
      ? []
      : Array.from(
          { length: Math.ceil(durationSeconds / everySeconds) - 1 },
          (_, k) => (k + 1) * everySeconds,
        )
  return [...new Set([...regular, ...atSeconds])]
}
