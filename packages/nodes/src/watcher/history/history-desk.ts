// What a watcher keeps of the past for who begins to look late: moments at equal distances of virtual time. It is bounded:
// when it is full every second moment goes and the distance doubles, so that it reaches back to the start however long a
// network lives. Like snapshots it sets no timer: a moment shows what was known before the first thing heard after it.
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
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

/** Of the bytes of all moments. */
const MAX_BYTES = 64 * 1024 * 1024

/** What `encode` writes. */
interface KeptBytes {
  readonly everyMs: number
  readonly moments: readonly { readonly atMs: number; readonly bytes: Uint8Array }[]
}

/** A moment, and its bytes once somebody has asked for them. */
interface Kept {
  readonly atMs: number
  readonly moment: PastMoment
  bytes: Uint8Array | null
}

export class HistoryDesk {
  readonly #take: (atMs: number) => PastMoment
  #everyMs: number
  #dueMs: number
  #kept: Kept[] = []

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
    this.#kept.push({ atMs, moment: this.#take(atMs), bytes: null })
    if (this.#kept.length > MOST_PAST_MOMENTS) {
      this.#kept = this.#kept.filter((_, place) => place % 2 === 0)
      this.#everyMs *= 2
    }
    this.#dueMs = atMs + this.#everyMs
  }

  /** In order of time. */
  get kept(): readonly PastMoment[] {
    return this.#kept.map(({ moment }) => moment)
  }

  /** Canonical bytes of all of it: for the watcher that comes after this one. */
  encode(): Uint8Array {
    const moments = this.#kept.map((kept) => {
      kept.bytes ??= encodeCanonical(kept.moment)
      return { atMs: kept.atMs, bytes: kept.bytes }
    })
    return encodeCanonical({ everyMs: this.#everyMs, moments })
  }

  /**
   * Goes on where another one stopped: of the time between there are no moments.
   *
   * @throws what `decodeCanonical` throws
   */
  restore(bytes: Uint8Array): void {
    const { everyMs, moments } = decodeCanonical(bytes, { maxBytes: MAX_BYTES }) as KeptBytes
    this.#kept = moments.map((kept) => ({
      ...kept,
      moment: decodeCanonical(kept.bytes, { maxBytes: MAX_BYTES }) as unknown as PastMoment,
    }))
    this.#everyMs = everyMs
    const last = this.#kept.at(-1)
    if (last !== undefined) this.#dueMs = last.atMs + everyMs
  }
}
