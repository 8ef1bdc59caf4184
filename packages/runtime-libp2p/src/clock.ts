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

/** A straight piece of virtual time: so fast, and as if it had begun at genesis at that moment of the wall. */
export interface Pace {
  readonly startedAtWallMs: number
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
  #pace: Pace | null = null
  #next: { readonly fromWallMs: number; readonly pace: Pace } | null = null

  constructor(setting: ClockSetting, wallMs: () => number = Date.now) {
    if (!(setting.acceleration > 0) || !Number.isFinite(setting.acceleration)) {
      throw new SolventError({
        code: 'E_RANGE',
        message: 'The acceleration of the clock must be a positive number.',
        details: { acceleration: setting.acceleration },
      })
    }
    this.setting = setting
    this.#wallMs = wallMs
    if (setting.startedAtWallMs !== null) this.begin(setting.startedAtWallMs)
  }

  /** Lets a clock that stands at genesis run from a moment of the wall on; the moment stays as first said. */
  begin(startedAtWallMs: number): void {
    this.#pace ??= { startedAtWallMs, acceleration: this.setting.acceleration }
  }

  /** Runs at another pace from a moment of the wall on; the two pieces meet there. A later word replaces one that waits. */
  pace(pace: Pace, fromWallMs: number): void {
    this.#paceNow()
    this.#next = { fromWallMs, pace }
  }

  /** Virtual milliseconds per wall millisecond, now. */
  get acceleration(): number {
    return this.#paceNow()?.acceleration ?? this.setting.acceleration
  }

  #paceNow(): Pace | null {
    if (this.#next !== null && this.#wallMs() >= this.#next.fromWallMs) {
      this.#pace = this.#next.pace
      this.#next = null
    }
    return this.#pace
  }

  /** The node's own time, skew included; stands still rather than going back. */
  nowMs(): number {
    this.#lastMs = Math.max(this.#lastMs, this.scenarioMs() + this.#offsetMs())
    return this.#lastMs
  }

  /** Virtual time without skew: what schedules and event stamps use. */
  scenarioMs(): number {
    const { genesisMs } = this.setting
    const pace = this.#paceNow()
    if (pace === null) return genesisMs
    const elapsedMs = Math.max(0, this.#wallMs() - pace.startedAtWallMs)
    return genesisMs + Math.floor(elapsedMs * pace.acceleration)
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
    const pace = this.#paceNow()
    if (pace === null) return Number.POSITIVE_INFINITY
    const dueWallMs = this.#dueWallMs(atMs, pace)
    const next = this.#next
    const isLater = next !== null && dueWallMs > next.fromWallMs
    return Math.max(0, Math.ceil((isLater ? this.#dueWallMs(atMs, next.pace) : dueWallMs) - this.#wallMs()))
  }

  #dueWallMs(atMs: number, { startedAtWallMs, acceleration }: Pace): number {
    return startedAtWallMs + (atMs - this.setting.genesisMs) / acceleration
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
