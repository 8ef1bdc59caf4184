// Two-sided CUSUM of a signal against its own past (Page 1954, Biometrika 41:100; reference value 1/2 as in Montgomery, Introduction to
// Statistical Quality Control, §9.1): how far a signal has drifted from its mean, in standard deviations summed up.

const REFERENCE = 0.5
/** Samples from which mean and deviation come first. */
const WARM_UP = 10
/** A sample counts for no more deviations than this, so that one cannot end all. */
const MOST = 20

export class Cusum {
  readonly #leastDeviation: number
  #samples = 0
  #mean = 0
  #squares = 0
  #up = 0
  #down = 0

  /** @param leastDeviation of a signal that has not moved yet: what is no news */
  constructor(leastDeviation: number) {
    this.#leastDeviation = leastDeviation
  }

  /** The statistic after a sample; 0 while the past is too short. */
  next(value: number): number {
    if (this.#samples < WARM_UP) {
      this.#learn(value)
      return 0
    }
    const deviation = Math.max(this.#leastDeviation, Math.sqrt(this.#squares / (this.#samples - 1)))
    const score = Math.max(-MOST, Math.min(MOST, (value - this.#mean) / deviation))
    this.#up = Math.max(0, this.#up + score - REFERENCE)
    this.#down = Math.max(0, this.#down - score - REFERENCE)
    // What is out of control teaches nothing about what is normal.
    if (this.#up < 1 && this.#down < 1) this.#learn(value)
    return Math.max(this.#up, this.#down)
  }

  /** Welford 1962, Technometrics 4:419. */
  #learn(value: number): void {
    this.#samples += 1
    const before = value - this.#mean
    this.#mean += before / this.#samples
    this.#squares += before * (value - this.#mean)
  }
}
