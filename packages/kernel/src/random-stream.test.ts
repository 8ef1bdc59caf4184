import { ln } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { createStreams, Xoshiro128Stream } from './index.ts'

const DRAWS = 100_000

/** Kolmogorov's statistic of a sample against a distribution function, times the root of the sample's size. */
function kolmogorov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...sample].sort((p, q) => p - q)
  let distance = 0
  sorted.forEach((x, i) => {
    const f = cdf(x)
    distance = Math.max(distance, f - i / sorted.length, (i + 1) / sorted.length - f)
  })
  return distance * Math.sqrt(sorted.length)
}

// Upper 0.1 % point of Kolmogorov's distribution, Q(z) = 2 sum (-1)^(k-1) exp(-2 k^2 z^2): 2 exp(-2 * 1.9495^2) = 0.001.
const KOLMOGOROV_999 = 1.9495
// Upper 0.1 % point of chi-square with 100 degrees of freedom: NIST/SEMATECH e-Handbook, table 1.3.6.7.4.
const CHI_SQUARE_100_999 = 149.449

/** Normal distribution function by the series of Abramowitz and Stegun 26.2.10 (its error here is below 1e-9). */
function normalCdf(x: number): number {
  if (x < -6) return 0
  if (x > 6) return 1
  let term = x
  let sum = x
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / (2 * n)
    sum += term / (2 * n + 1)
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI)
}

function stream(name: string): Xoshiro128Stream {
  return createStreams(20_260_418).stream(name)
}

function sampleOf(draw: () => number, count = DRAWS): number[] {
  return Array.from({ length: count }, draw)
}

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('xoshiro128**', () => {
  it('gives the numbers of the reference implementation', () => {
    // Outputs of https://prng.di.unimi.it/xoshiro128starstar.c (v1.1) from state {1, 2, 3, 4}, as published in the
    // test of the crate rand_xoshiro (rust-random/rngs, rand_xoshiro/src/xoshiro128starstar.rs).
    const reference = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]
    const generator = new Xoshiro128Stream([1, 2, 3, 4])
    expect(sampleOf(() => generator.uint32(), 10)).toEqual(reference)
  })

  it('agrees with its recurrence in arbitrary-precision arithmetic', () => {
    const mask = 0xffff_ffffn
    const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask
    const s = [0xdeadbeefn, 0x80000000n, 1n, 0xffffffffn] as [bigint, bigint, bigint, bigint]
    const generator = new Xoshiro128Stream([0xdeadbeef, 0x80000000, 1, 0xffffffff])
    for (let n = 0; n < 1000; n++) {
      const result = (rotate((s[1] * 5n) & mask, 7n) * 9n) & mask
      const t = (s[1] << 9n) & mask
      s[2] ^= s[0]
      s[3] ^= s[1]
      s[1] ^= s[2]
      s[0] ^= s[3]
      s[2] ^= t
      s[3] = rotate(s[3], 11n)
      expect(BigInt(generator.uint32())).toBe(result)
    }
  })

  it('goes on from a kept state as if nothing had happened', () => {
    const generator = stream('state')
    sampleOf(() => generator.normal(0, 1), 17)
    const state = generator.state()
    const first = sampleOf(() => generator.uniform(), 20)
    generator.restore(state)
    expect(sampleOf(() => generator.uniform(), 20)).toEqual(first)
    const copy = new Xoshiro128Stream(state)
    expect(sampleOf(() => copy.uniform(), 20)).toEqual(first)
  })

  it('refuses the state of zeros', () => {
    expect(() => new Xoshiro128Stream([0, 0, 0, 0])).toThrow(/zeros/)
  })
})

describe('distributions', () => {
  it('uniform fits [0, 1) and uses 53 bits', () => {
    const draws = stream('uniform')
    const sample = sampleOf(() => draws.uniform())
    expect(kolmogorov(sample, (x) => x)).toBeLessThan(KOLMOGOROV_999)
    expect(sample.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 53))).toBe(true)
    expect(sample.some((x) => (x * 2 ** 53) % 2 === 1)).toBe(true)
  })

  it('int is even over a range that does not divide 2^32', () => {
    const draws = stream('int')
    const counts = new Array<number>(101).fill(0)
    for (let n = 0; n < DRAWS; n++) counts[draws.int(101)]!++
    expect(chiSquare(counts)).toBeLessThan(CHI_SQUARE_100_999)
  })

  it('int has no bias where taking the remainder would give 2 to 1', () => {
    // n = 3 * 2^30: remainders of 2^32 fall on the first third twice as often as on the others.
    const draws = stream('bias')
    const counts = new Array<number>(101).fill(0)
    for (let n = 0; n < DRAWS; n++) counts[Math.floor((draws.int(3 * 2 ** 30) / (3 * 2 ** 30)) * 101)]!++
    expect(chiSquare(counts)).toBeLessThan(CHI_SQUARE_100_999)
  })

  it('int covers 1 and 2^32 and refuses what is outside', () => {
    const draws = stream('int edges')
    expect(sampleOf(() => draws.int(1), 10)).toEqual(new Array(10).fill(0))
    expect(Math.max(...sampleOf(() => draws.int(2 ** 32), 1000))).toBeGreaterThan(2 ** 31)
    for (const n of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) expect(() => draws.int(n)).toThrow(/parameter/)
  })

  it('exponential fits 1 - exp(-x / mean)', () => {
    const draws = stream('exponential')
    const sample = sampleOf(() => draws.exponential(250))
    expect(kolmogorov(sample, (x) => 1 - Math.exp(-x / 250))).toBeLessThan(KOLMOGOROV_999)
    expect(sample.every((x) => x >= 0 && Number.isFinite(x))).toBe(true)
  })

  it('normal fits its distribution function', () => {
    const draws = stream('normal')
    const sample = sampleOf(() => draws.normal(10, 2))
    expect(kolmogorov(sample, (x) => normalCdf((x - 10) / 2))).toBeLessThan(KOLMOGOROV_999)
  })

  it('lognormal is a normal logarithm', () => {
    const draws = stream('lognormal')
    const sample = sampleOf(() => draws.lognormal(3, 0.5))
    expect(kolmogorov(sample, (x) => normalCdf((ln(x) - 3) / 0.5))).toBeLessThan(KOLMOGOROV_999)
  })

  it('range stays within its ends and bernoulli within its probability', () => {
    const draws = stream('range')
    const sample = sampleOf(() => draws.range(-2, 3))
    expect(kolmogorov(sample, (x) => (x + 2) / 5)).toBeLessThan(KOLMOGOROV_999)
    const hits = sampleOf(() => (draws.bernoulli(0.3) ? 1 : 0)).reduce((sum, hit) => sum + hit, 0)
    // Five standard deviations of a binomial: sqrt(n p (1 - p)) = 144.9.
    expect(Math.abs(hits - 0.3 * DRAWS)).toBeLessThan(5 * 144.9)
    expect([draws.bernoulli(0), draws.bernoulli(1)]).toEqual([false, true])
  })

  it('takes a fixed number of draws for every variate, so that common random numbers stay in step', () => {
    const variates: ((draws: Xoshiro128Stream) => unknown)[] = [
      (draws) => draws.normal(0, 1),
      (draws) => draws.lognormal(0, 1),
      (draws) => draws.exponential(1),
      (draws) => draws.range(0, 1),
      (draws) => draws.bernoulli(0),
    ]
    for (const variate of variates) {
      const one = stream('steps')
      const other = stream('steps')
      for (let n = 0; n < 1000; n++) variate(one)
      for (let n = 0; n < 2000; n++) other.uint32()
      expect(one.state()).toEqual(other.state())
    }
  })

  it('shuffles every order of four as often as any other, and leaves the original', () => {
    const draws = stream('shuffle')
    const items = ['a', 'b', 'c', 'd'] as const
    const counts = new Map<string, number>()
    for (let n = 0; n < 24_000; n++) {
      const order = draws.shuffle(items).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    // Upper 0.1 % point of chi-square with 23 degrees of freedom, same table: 49.728.
    expect(chiSquare([...counts.values()])).toBeLessThan(49.728)
    expect(items).toEqual(['a', 'b', 'c', 'd'])
  })

  it('picks each element, and refuses to pick from nothing', () => {
    const draws = stream('pick')
    expect(new Set(sampleOf(() => draws.pick([1, 2, 3]), 100))).toEqual(new Set([1, 2, 3]))
    expect(() => draws.pick([])).toThrow(/parameter/)
  })

  it.each([
    ['range', () => stream('bad').range(1, 1)],
    ['bernoulli', () => stream('bad').bernoulli(1.1)],
    ['exponential', () => stream('bad').exponential(0)],
    ['normal', () => stream('bad').normal(0, -1)],
    ['lognormal', () => stream('bad').lognormal(Number.NaN, 1)],
  ])('%s refuses parameters that it does not have', (_, draw) => {
    expect(draw).toThrow(/parameter/)
  })
})
