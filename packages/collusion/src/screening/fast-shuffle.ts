/**
 * Fisher–Yates on typed arrays with xoshiro128** (see the kernel's random stream) kept in local numbers: permutation
 * tests spend their time here. A place is drawn by multiplication, with a bias below 2⁻³² times the length.
 */
import type { GeneratorState } from '@solvent/kernel'

const TWO_MINUS_32 = 1 / 4294967296

export interface FastShuffle {
  /** Shuffles in place. */
  readonly shuffle: (values: Float64Array | Int32Array) => void
  /** A whole number from 0 to below `end`. */
  readonly below: (end: number) => number
}

/** Both go on where the last call of either stopped. */
export function fastShuffle(state: GeneratorState): FastShuffle {
  let [s0, s1, s2, s3] = state.map((word) => word | 0) as [number, number, number, number]
  const next = () => {
    const product = Math.imul(s1, 5)
    const draw = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const t = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 11) | (s3 >>> 21)
    return draw * TWO_MINUS_32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    shuffle: (values) => {
      for (let last = values.length - 1; last > 0; last--) {
        const other = below(last + 1)
        const value = values[last]!
        values[last] = values[other]!
        values[other] = value
      }
    },
  }
}
