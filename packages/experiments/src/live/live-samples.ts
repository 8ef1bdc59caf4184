// What the watcher of a live network measured on the way.
import type { RunReport } from '@solvent/nodes'
import { type SeriesPoint, seriesAt } from '../run/time-series.ts'

/** At moments about equally far apart: how far exactly depends on when it is asked. */
export class LiveSamples {
  readonly points: SeriesPoint[] = []
  readonly #everyMs: number
  #nextMs = 0

  constructor(everyMs = Number.POSITIVE_INFINITY) {
    this.#everyMs = everyMs
  }

  isDue(elapsedMs: number): boolean {
    return this.#everyMs < Number.POSITIVE_INFINITY && elapsedMs >= this.#nextMs
  }

  take(report: RunReport): void {
    if (this.#everyMs === Number.POSITIVE_INFINITY) return
    const atMs = report.atMs - report.genesisMs
    this.points.push(...seriesAt(atMs, report))
    this.#nextMs = atMs + this.#everyMs
  }
}
