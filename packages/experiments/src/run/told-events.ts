// What the watcher of a simulated run is told of other nodes' records. Nothing repeats them, so that a watcher that the
// schedule restarts is told all of them again: its new audit would take a release for one of what was never reserved.
import type { WatcherNode } from '@solvent/nodes'
import type { NodeId } from '@solvent/primitives'
import type { DomainEvent, ScheduledFault } from '@solvent/protocol'

type Told = readonly [atMs: number, node: NodeId, event: DomainEvent]

export class ToldEvents {
  readonly #isKept: boolean
  readonly #events: Told[] = []

  constructor(watcher: NodeId, faults: readonly ScheduledFault[]) {
    this.#isKept = faults.some(
      ({ fault }) => fault.kind === 'crash' && fault.node === watcher && fault.restartAfterMs !== null,
    )
  }

  /** Tells the watcher, or keeps the event for its next life while it is down. */
  tell(watcher: WatcherNode | null, ...told: Told): void {
    watcher?.observe(...told)
    if (this.#isKept) this.#events.push(told)
  }

  /** Tells a fresh watcher everything. */
  tellAgain(watcher: WatcherNode): void {
    for (const told of this.#events) watcher.observe(...told)
  }
}
