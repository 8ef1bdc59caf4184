// When a node's snapshot is written: now and then while it runs and handles anything, a costly one less often.
import { readSnapshot, writeSnapshot } from './snapshot-file.ts'

const EVERY_MS = 5_000
/** Writing may take one part in so many of the time. */
const COST_FACTOR = 50

export interface SnapshotKeeperWiring {
  readonly directory: string
  /** The node's `snapshot`; called between its handlers. */
  readonly take: () => Uint8Array
  readonly post: (task: () => void) => void
}

export class SnapshotKeeper {
  readonly #wiring: SnapshotKeeperWiring
  #timer: NodeJS.Timeout | null = null
  #handled = 0

  constructor(wiring: SnapshotKeeperWiring) {
    this.#wiring = wiring
  }

  /** The node has handled something: what was written is old. */
  note(): void {
    this.#handled++
  }

  start(): void {
    this.#plan(EVERY_MS)
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** Inside a handler's turn. */
  write(): void {
    this.#handled = 0
    writeSnapshot(this.#wiring.directory, this.#wiring.take())
  }

  /** What an earlier run left, or null. */
  read(): Uint8Array | null {
    return readSnapshot(this.#wiring.directory)
  }

  #plan(afterMs: number): void {
    this.#timer = setTimeout(() => {
      if (this.#handled === 0) return this.#plan(EVERY_MS)
      this.#wiring.post(() => {
        const startedMs = performance.now()
        this.write()
        this.#plan(Math.max(EVERY_MS, (performance.now() - startedMs) * COST_FACTOR))
      })
    }, afterMs)
  }
}
