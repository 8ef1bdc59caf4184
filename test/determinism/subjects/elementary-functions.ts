// The elementary functions and every distribution that is drawn with them, as the bits that they return.
import { createStreams } from '@solvent/kernel'
import { bytesToHex, exp, ln, log1p, pow, sha256, sqrt } from '@solvent/primitives'
import type { Subject, SubjectRun } from './subject.ts'

const SAMPLES = 4_000

/** A function of two numbers of [0, 1). */
type Sampled = (u: number, v: number) => number

const FUNCTIONS: readonly Sampled[] = [
  (u) => exp((u - 0.5) * 1_400),
  (u, v) => ln(u * pow(10, v * 40 - 20)),
  (u, v) => pow(u * 100, (v - 0.5) * 20),
  (u) => sqrt(u * 1e6),
  (u, v) => log1p((u - 0.5) * pow(10, -v * 12)),
]

export const elementaryFunctions: Subject = {
  name: 'elementary functions',
  isSeeded: true,
  needsWasm: false,
  run: ({ seed }: SubjectRun) => fingerprint(seed, FUNCTIONS),
}

/** A digest over the bits of what the functions return at random places. */
export function fingerprint(seed: number, functions: readonly Sampled[]): string {
  const stream = createStreams(seed).stream('places')
  const results: number[] = []
  for (let i = 0; i < SAMPLES; i += 1) {
    const [u, v] = [stream.uniform(), stream.uniform()]
    for (const sampled of functions) results.push(sampled(u, v))
    results.push(stream.normal(0, 1), stream.exponential(60), stream.lognormal(1, 0.5))
  }
  const bytes = new DataView(new ArrayBuffer(8 * results.length))
  results.forEach((result, index) => bytes.setFloat64(8 * index, result))
  return bytesToHex(sha256(new Uint8Array(bytes.buffer)))
}
