// Randomness: one tree of named streams. `stream('arrivals/user-1')` depends on the run's seed and the name only,
// so that a draw added in one place shifts nothing elsewhere.

export interface Rng {
  /** The same name gives the same stream object; its state advances with each draw. */
  stream(name: string): RandomStream
}

export interface RandomStream {
  /** Uniform on 0 … 2^32 − 1. */
  uint32(): number
  /** Uniform on [0, 1) with 53 random bits. */
  uniform(): number
  /** Unbiased uniform integer on 0 … n − 1; n from 1 to 2^32. */
  int(n: number): number
  /** Uniform on [low, high). */
  range(low: number, high: number): number
  /** True with probability p. */
  bernoulli(p: number): boolean
  /** Exponential with the given mean (> 0). */
  exponential(mean: number): number
  normal(mean: number, standardDeviation: number): number
  /** One element; the array must not be empty. */
  pick<T>(items: readonly T[]): T
  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[]
}
