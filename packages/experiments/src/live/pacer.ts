// How fast virtual time may run on this machine. The nodes say how late their timers come; when they come too late the network
// slows down, for all nodes at once, and when they keep time it goes faster again, up to what was asked for. It begins below that,
// so that a slow machine is found out before much depends on it: the slow start of congestion control (Jacobson, "Congestion
// Avoidance and Control", SIGCOMM 1988), with virtual time for the window and late timers for lost packets.

export interface PacerOptions {
  /** Virtual seconds a second that the user wants. */
  readonly asked: number
  /** Timers may be so late, virtual ms, before outcomes could differ. */
  readonly toleratedMs: number
}

/** How well a live network kept time. */
export interface Timekeeping {
  /** Virtual seconds a second: asked for, and the least after a retreat; equal when there was none. */
  readonly asked: number
  readonly slowest: number
  /** The latest that a timer came, and what was tolerated; virtual seconds. */
  readonly latestSeconds: number
  readonly toleratedSeconds: number
  /** A timer came later than tolerated: what the run shows may be the machine's doing. */
  readonly fellBehind: boolean
}

/** Nobody needs to find out at this pace or below. */
const SAFE = 4
const FIRST_SHARE = 0.25
/** Retreat above this share of what is tolerated, advance below that one. */
const RETREAT_ABOVE = 0.5
const ADVANCE_BELOW = 0.2
const FASTER = 1.5
/** One retreat is at least this and at most that. */
const LEAST_RETREAT = 0.75
const MOST_RETREAT = 0.25
/** Looks in a row that must be calm before an advance, and after a retreat. */
const CALM_LOOKS = 2
const CALM_AFTER_RETREAT = 8
/** Looks after a change that still show what was before. */
const BLIND_LOOKS = 1
/** Slower than real time does not help. */
const SLOWEST = 1

export class Pacer {
  readonly #options: PacerOptions
  #acceleration: number
  #slowest: number
  #latestMs = 0
  #calm = 0
  #calmNeeded = CALM_LOOKS
  #blind = 0

  constructor(options: PacerOptions) {
    const { asked } = options
    this.#options = options
    this.#slowest = asked
    this.#acceleration = asked <= SAFE ? asked : Math.max(SAFE, asked * FIRST_SHARE)
  }

  /** Virtual seconds a second. */
  get acceleration(): number {
    return this.#acceleration
  }

  /** One look at the network: the worst delay since the last one, and what becomes of the pace. */
  look(lagMs: number): 'slower' | 'faster' | 'same' {
    const { asked, toleratedMs } = this.#options
    this.#latestMs = Math.max(this.#latestMs, lagMs)
    if (this.#blind > 0) {
      this.#blind -= 1
      return 'same'
    }
    if (lagMs > toleratedMs * RETREAT_ABOVE) return this.#retreat(lagMs)
    this.#calm = lagMs < toleratedMs * ADVANCE_BELOW ? this.#calm + 1 : 0
    if (this.#calm < this.#calmNeeded || this.#acceleration === asked) return 'same'
    this.#calm = 0
    this.#blind = BLIND_LOOKS
    this.#acceleration = Math.min(asked, this.#acceleration * FASTER)
    return 'faster'
  }

  get timekeeping(): Timekeeping {
    const { asked, toleratedMs } = this.#options
    return {
      asked,
      slowest: this.#slowest,
      latestSeconds: this.#latestMs / 1_000,
      toleratedSeconds: toleratedMs / 1_000,
      fellBehind: this.#latestMs > toleratedMs,
    }
  }

  #retreat(lagMs: number): 'slower' | 'same' {
    const share = (this.#options.toleratedMs * RETREAT_ABOVE) / lagMs
    const before = this.#acceleration
    this.#acceleration = Math.max(
      Math.min(SLOWEST, before),
      Math.round(before * Math.min(LEAST_RETREAT, Math.max(MOST_RETREAT, share))),
    )
    this.#calm = 0
    this.#blind = BLIND_LOOKS
    this.#calmNeeded = CALM_AFTER_RETREAT
    this.#slowest = Math.min(this.#slowest, this.#acceleration)
    return this.#acceleration < before ? 'slower' : 'same'
  }
}
