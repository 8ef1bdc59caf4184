/**
 * A stream of random numbers: xoshiro128** 1.1 and the distributions drawn from it.
 *
 * Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021;
 * https://prng.di.unimi.it/xoshiro128starstar.c. Period 2^128 - 1. Written over int32, which V8 keeps unboxed.
 * Every variate but `int` takes a fixed number of draws, so that runs on common random numbers stay in step.
 */
import type { RandomStream } from '@solvent/ports'
import { exp, ln, SolventError } from '@solvent/primitives'
import { normalQuantile } from './normal-quantile.ts'

/** Four 32-bit words, not all zero. */
export type GeneratorState = readonly [number, number, number, number]

const TWO_32 = 4294967296
const TWO_26 = 67108864
const TWO_MINUS_53 = 1 / 9007199254740992

/** A random stream whose state can be kept and restored. */
export class Xoshiro128Stream implements RandomStream {
  #s0 = 0
  #s1 = 0
  #s2 = 0
  #s3 = 0

  /** @throws E_SEED for a state of zeros, which the generator never leaves */
  constructor(state: GeneratorState) {
    this.restore(state)
  }

  /** The state as four uint32; a stream restored from it goes on with the same numbers. */
  state(): GeneratorState {
    return [this.#s0 >>> 0, this.#s1 >>> 0, this.#s2 >>> 0, this.#s3 >>> 0]
  }

  /** Goes back (or on) to a state. @throws E_SEED for a state of zeros */
  restore(state: GeneratorState): void {
    const [s0, s1, s2, s3] = state
    if ((s0 | s1 | s2 | s3) === 0) {
      throw new SolventError({ code: 'E_SEED', message: 'A generator cannot start from a state of zeros.' })
    }
    this.#s0 = s0 | 0
    this.#s1 = s1 | 0
    this.#s2 = s2 | 0
    this.#s3 = s3 | 0
  }

  uint32(): number {
    return this.#next() >>> 0
  }

  uniform(): number {
    const high = this.#next() >>> 5
    const low = this.#next() >>> 6
    return (high * TWO_26 + low) * TWO_MINUS_53
  }

  /** @throws E_RANGE unless n is a whole number from 1 to 2^32 */
  int(n: number): number {
    if (!(n >= 1 && n <= TWO_32 && Math.floor(n) === n))
      throw outOfRange('n', n, 'a whole number from 1 to 2^32')
    const limit = TWO_32 - (TWO_32 % n)
    let draw = this.#next() >>> 0
    while (draw >= limit) draw = this.#next() >>> 0
    return draw % n
  }

  /** @throws E_RANGE unless both ends are finite and low < high */
  range(low: number, high: number): number {
    if (!(low < high && Number.isFinite(high - low)))
      throw outOfRange('low, high', `${low}, ${high}`, 'low < high')
    const value = low + this.uniform() * (high - low)
    return value < high ? value : low
  }

  /** @throws E_RANGE unless p is from 0 to 1 */
  bernoulli(p: number): boolean {
    if (!(p >= 0 && p <= 1)) throw outOfRange('p', p, 'a number from 0 to 1')
    return this.uniform() < p
  }

  /** By inversion: -mean ln(1 - u). @throws E_RANGE unless the mean is finite and above 0 */
  exponential(mean: number): number {
    if (!(mean > 0 && mean < Number.POSITIVE_INFINITY)) throw outOfRange('mean', mean, 'a number above 0')
    return 0 - mean * ln(1 - this.uniform())
  }

  /** By inversion of the distribution function. @throws E_RANGE unless the standard deviation is finite and at least 0 */
  normal(mean: number, standardDeviation: number): number {
    if (!(standardDeviation >= 0 && Number.isFinite(mean + standardDeviation))) {
      throw outOfRange(
        'mean, standardDeviation',
        `${mean}, ${standardDeviation}`,
        'finite, and a deviation from 0',
      )
    }
    return mean + standardDeviation * normalQuantile(this.uniform() || TWO_MINUS_53 / 2)
  }

  /**
   * e to a normal variate: `mu` and `sigma` are those of the logarithm, the median is exp(mu).
   *
   * @throws E_RANGE as `normal` does
   */
  lognormal(mu: number, sigma: number): number {
    return exp(this.normal(mu, sigma))
  }

  /** @throws E_RANGE for an empty array */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw outOfRange('items', 'none', 'at least one')
    return items[this.int(items.length)] as T
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = items.slice()
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.int(last + 1)
      const item = shuffled[last] as T
      shuffled[last] = shuffled[other] as T
      shuffled[other] = item
    }
    return shuffled
  }

  #next(): number {
    const s1 = this.#s1
    const product = Math.imul(s1, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const s2 = this.#s2 ^ this.#s0
    const s3 = this.#s3 ^ s1
    this.#s1 = s1 ^ s2
    this.#s0 = this.#s0 ^ s3
    this.#s2 = s2 ^ (s1 << 9)
    this.#s3 = (s3 << 11) | (s3 >>> 21)
    return result
  }
}

function outOfRange(what: string, got: unknown, allowed: string): SolventError {
  return new SolventError({
    code: 'E_RANGE',
    message: 'A distribution got a parameter that it does not have.',
    details: { parameter: what, got, allowed },
  })
}
