// GCRA (ITU-T I.371, the virtual-scheduling form): one number per source says how far ahead of its rate it is.

export interface RateLimit {
  /** Sustained rate, > 0. */
  readonly perSecond: number
  /** How many may come at once after silence, >= 1. */
  readonly burst: number
}

/** One source's budget. Times are milliseconds of any steady clock. */
export class RateLimiter {
  readonly #intervalMs: number
  readonly #toleranceMs: number
  #theoreticalArrivalMs = Number.NEGATIVE_INFINITY

  constructor(limit: RateLimit) {
    this.#intervalMs = 1_000 / limit.perSecond
    this.#toleranceMs = limit.burst * this.#intervalMs
  }

  /** Takes `cost` tokens if they are there; a refusal costs nothing. */
  admit(nowMs: number, cost = 1): boolean {
    const aheadMs = Math.max(this.#theoreticalArrivalMs, nowMs) + cost * this.#intervalMs
    if (aheadMs - nowMs > this.#toleranceMs) return false
    this.#theoreticalArrivalMs = aheadMs
    return true
  }
}

/** Budgets by source, at most `capacity` of them; the one unused for longest is forgotten first. */
export class RateLimiters {
  readonly #bySource = new Map<string, RateLimiter>()
  readonly #limitOf: (source: string) => RateLimit
  readonly #capacity: number

  constructor(limitOf: (source: string) => RateLimit, capacity = 1_000) {
    this.#limitOf = limitOf
    this.#capacity = capacity
  }

  admit(source: string, nowMs: number, cost = 1): boolean {
    let limiter = this.#bySource.get(source)
    if (limiter === undefined) {
      limiter = new RateLimiter(this.#limitOf(source))
      if (this.#bySource.size >= this.#capacity) this.#forgetOldest()
    } else {
      this.#bySource.delete(source)
    }
    this.#bySource.set(source, limiter)
    return limiter.admit(nowMs, cost)
  }

  #forgetOldest(): void {
    for (const source of this.#bySource.keys()) {
      this.#bySource.delete(source)
      return
    }
  }
}
