// When snapshots are due, and those that were taken. A moment is over with the first thing that the watcher hears at or
// after it: the snapshot shows what it knew before. No timer is set, so that a run is the same with snapshots and without.
import type { ExposureSnapshot } from './exposure-snapshot.ts'

export interface SnapshotMoment {
  /** Unix ms. */
  readonly atMs: number
  readonly label: string
}

export class SnapshotDesk {
  readonly #moments: readonly SnapshotMoment[]
  readonly #take: (moment: SnapshotMoment) => ExposureSnapshot
  readonly #taken: ExposureSnapshot[] = []
  #next = 0

  /** `moments` in order of time. */
  constructor(moments: readonly SnapshotMoment[], take: (moment: SnapshotMoment) => ExposureSnapshot) {
    this.#moments = moments
    this.#take = take
  }

  /** Takes what is due at `nowMs`. */
  pass(nowMs: number): void {
    for (;;) {
      const due = this.#moments[this.#next]
      if (due === undefined || due.atMs > nowMs) return
      this.#taken.push(this.#take(due))
      this.#next += 1
    }
  }

  get taken(): readonly ExposureSnapshot[] {
    return this.#taken
  }
}
