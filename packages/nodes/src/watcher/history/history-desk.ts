// What a watcher keeps of the past for who begins to look late: moments at equal distances of virtual time. It is bounded:
// when it is full every second moment goes and the distance doubles, so that it reaches back to the start however long a
// network lives. Like snapshots it sets no timer: a moment shows what was known before the first thing heard after it.
import type { ExposureSnapshot } from '../exposures/exposure-snapshot.ts'
import type { RunMeasures } from '../run-report.ts'

/** What was measured then; without what grows with the run. */
export type PastMeasures = Omit<RunMeasures, 'orders' | 'balances'>

export interface PastMoment {
  readonly measures: PastMeasures
  readonly exposures: ExposureSnapshot
}

export interface HistoryRules {
  /** Between two moments at first, virtual ms. */
  readonly everyMs: number
}

export const MOST_PAST_MOMENTS = 120

export class HistoryDesk {
  readonly #take: (atMs: number) => PastMoment
  #everyMs: number
  #dueMs: number
  #kept: PastMoment[] = []

  constructor({ everyMs }: HistoryRules, startMs: number, take: (atMs: number) => PastMoment) {
    this.#everyMs = everyMs
    this.#dueMs = startMs
    this.#take = take
  }

  /** Takes the last moment that is due at `nowMs`: in those before it nothing was heard. */
  pass(nowMs: number): void {
    if (nowMs < this.#dueMs) return
    const missed = Math.floor((nowMs - this.#dueMs) / this.#everyMs)
    const atMs = this.#dueMs + missed * this.#everyMs
    this.#kept.push(this.#take(atMs))
    if (this.#kept.length > MOST_PAST_MOMENTS) {
      this.#kept = this.#kept.filter((_, place) => place % 2 === 0)
      this.#everyMs *= 2
    }
    this.#dueMs = atMs + this.#everyMs
  }

  /** In order of time. */
  get kept(): readonly PastMoment[] {
    return this.#kept
  }
}
