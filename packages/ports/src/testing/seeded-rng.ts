// Named random streams for tests: sfc32 (Doty-Humphrey, PractRand) seeded from SHA-256 of seed and name.
// The kernel has the streams that runs use; floor 1 cannot reach them, and tests of the floors between need some.
import { ln, sha256, sqrt } from '@solvent/primitives'
import type { RandomStream, Rng } from '../rng.ts'

/** An `Rng` whose streams depend on `seed` and their name only. */
export function createSeededRng(seed: string): Rng {
  const streams = new Map<string, RandomStream>()
  return {
    stream(name) {
      let stream = streams.get(name)
      if (stream === undefined) {
        stream = createStream(sha256(new TextEncoder().encode(`${seed}\n${name}`)))
        streams.set(name, stream)
      }
      return stream
    },
  }
}

function createStream(seed: Uint8Array): RandomStream {
  const words = new DataView(seed.buffer, seed.byteOffset)
  let a = words.getUint32(0)
  let b = words.getUint32(4)
  let c = words.getUint32(8)
  let counter = words.getUint32(12)

  function uint32(): number {
    const t = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + t) >>> 0
    return t
  }

  const uniform = (): number => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 9_007_199_254_740_992
  const int = (n: number): number => Math.floor(uniform() * n)
  return {
    uint32,
    uniform,
    int,
    range: (low, high) => low + (high - low) * uniform(),
    bernoulli: (p) => uniform() < p,
    exponential: (mean) => -mean * ln(1 - uniform()),
    normal: (mean, standardDeviation) => mean + standardDeviation * normal(uniform),
    pick: (items) => items[int(items.length)] as (typeof items)[number],
    shuffle: (items) => {
      const copy = [...items]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(i + 1)
        const kept = copy[i] as (typeof copy)[number]
        copy[i] = copy[j] as (typeof copy)[number]
        copy[j] = kept
      }
      return copy
    },
  }
}

/** Marsaglia's polar method (1964). */
function normal(uniform: () => number): number {
  for (;;) {
    const x = 2 * uniform() - 1
    const y = 2 * uniform() - 1
    const r = x * x + y * y
    if (r > 0 && r < 1) return x * sqrt((-2 * ln(r)) / r)
  }
}
