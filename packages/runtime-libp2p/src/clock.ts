// The accelerated clock: virtual time runs `acceleration` times as fast as the wall, from a moment that all
// processes of a network share. Integer Unix milliseconds, never decreasing.
import type { Clock } from '@solvent/ports'
import { SolventError } from '@solvent/primitives'

export interface ClockSetting {
  /** Unix ms at which virtual time begins. */
  readonly genesisMs: number
  /** Unix ms of the wall at which it begins to run; before that it stands at genesis. Null: until `begin` says it. */
  readonly startedAtWallMs: number | null
  /** Virtual milliseconds per wall millisecond, > 0. */
  readonly acceleration: number
}

const MILLION = 1_000_000

/** A node's clock on the wall, with the skew that a fault may give it. */
export class AcceleratedClock implements Clock {
  readonly setting: ClockSetting
  readonly #wallMs: () => number
  #skewMs = 0
  #driftPpm = 0
  #driftSinceMs = 0
  #lastMs = Number.NEGATIVE_INFINITY
  #startedAtWallMs: number | null

  constructor(setting: ClockSetting, wallMs: () => number = Date.now) {
    if (!(setting.acceleration > 0) || !Number.isFinite(setting.acceleration)) {
      throw new SolventError({
        code: 'E_RANGE',
        message: 'The acceleration of the clock must be a positive number.',
        details: { acceleration: setting.acceleration },
      })
    }
    this.setting = setting
    this.#startedAtWallMs = setting.startedAtWallMs
    this.#wallMs = wallMs
  }

  /** Lets a clock that stands at genesis run from a moment of the wall on; the moment stays as first said. */
  begin(startedAtWallMs: number): void {
    this.#startedAtWallMs ??= startedAtWallMs
  }

  /** The node's own time, skew included; stands still rather than going back. */
  nowMs(): number {
    this.#lastMs = Math.max(this.#lastMs, this.scenarioMs() + this.#offsetMs())
    return this.#lastMs
  }

  /** Virtual time without skew: what schedules and event stamps use. */
  scenarioMs(): number {
    const { genesisMs, acceleration } = this.setting
    if (this.#startedAtWallMs === null) return genesisMs
    const elapsedMs = Math.max(0, this.#wallMs() - this.#startedAtWallMs)
    return genesisMs + Math.floor(elapsedMs * acceleration)
  }

  /**
   * Wall milliseconds until the node's clock shows `atMs`: 0 when it has passed, at least the wait for the start
   * otherwise, infinite while the start is not known.
   */
  wallMsUntil(atMs: number): number {
    const aheadMs = atMs - this.#offsetMs() - this.scenarioMs()
    if (aheadMs <= 0 || this.#driftPpm === 0) return this.#wallMsUntil(atMs - this.#offsetMs())
    return this.#wallMsUntil(this.scenarioMs() + aheadMs / (1 + this.#driftPpm / MILLION))
  }

  /** As `wallMsUntil`, on the scenario's clock without skew. */
  wallMsUntilScenario(atMs: number): number {
    return this.#wallMsUntil(atMs)
  }

  #wallMsUntil(atMs: number): number {
    const { genesisMs, acceleration } = this.setting
    if (this.#startedAtWallMs === null) return Number.POSITIVE_INFINITY
    const dueWallMs = this.#startedAtWallMs + (atMs - genesisMs) / acceleration
    return Math.max(0, Math.ceil(dueWallMs - this.#wallMs()))
  }

  /** Puts the clock off by `skewMs` from now on (T-8); going back makes it stand until it has caught up. */
  skew(skewMs: number): void {
    this.nowMs()
    this.#skewMs = skewMs
    this.#driftSinceMs = this.scenarioMs()
  }

  /** Lets the clock run fast by so many parts per million, slow when negative; what it has gained it keeps. */
  drift(ppm: number): void {
    this.nowMs()
    this.#skewMs = this.#offsetMs()
    this.#driftPpm = ppm
    this.#driftSinceMs = this.scenarioMs()
  }

  #offsetMs(): number {
    if (this.#driftPpm === 0) return this.#skewMs
    return this.#skewMs + Math.trunc(((this.scenarioMs() - this.#driftSinceMs) * this.#driftPpm) / MILLION)
  }
}
