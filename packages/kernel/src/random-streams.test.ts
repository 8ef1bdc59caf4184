import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKernel, createStreams } from './index.ts'

function firstOf(seed: number | string, name: string, count = 5): number[] {
  const stream = createStreams(seed).stream(name)
  return Array.from({ length: count }, () => stream.uint32())
}

describe('named random streams', () => {
  it('take their state from the first 16 bytes of SHA-256 of seed, zero byte and name', () => {
    const hash = createHash('sha256').update(Buffer.from('7\0latency/solver-3', 'utf8')).digest()
    const words = [0, 4, 8, 12].map((at) => hash.readUInt32LE(at))
    expect(createStreams(7).stream('latency/solver-3').state()).toEqual(words)
  })

  it('depend on the root seed and on the name', () => {
    expect(firstOf(7, 'a')).toEqual(firstOf(7, 'a'))
    expect(firstOf('7', 'a')).toEqual(firstOf(7, 'a'))
    expect(firstOf(8, 'a')).not.toEqual(firstOf(7, 'a'))
    expect(firstOf(7, 'b')).not.toEqual(firstOf(7, 'a'))
    expect(firstOf('1', '1\0a')).not.toEqual(firstOf('11', 'a'))
  })

  it('are not shifted by other streams, whenever those are made and however much is drawn from them', () => {
    const alone = createStreams(7).stream('latency/solver-3')
    const streams = createStreams(7)
    const other = streams.stream('arrivals/user-1')
    const among = streams.stream('latency/solver-3')
    for (let n = 0; n < 100; n++) {
      for (let extra = 0; extra < n % 5; extra++) other.normal(0, 1)
      streams.stream(`new/${n}`).uint32()
      expect(among.uint32()).toBe(alone.uint32())
    }
  })

  it('are one object for one name', () => {
    const streams = createStreams(7)
    expect(streams.stream('a')).toBe(streams.stream('a'))
  })

  it('have no pairwise correlation between neighbouring names', () => {
    // Correlation of n independent uniform pairs has standard deviation 1 / sqrt(n); five of them at n = 10,000.
    const streams = createStreams(7)
    for (let pair = 0; pair < 20; pair++) {
      const [p, q] = [streams.stream(`node/${pair}`), streams.stream(`node/${pair + 1}`)]
      let sum = 0
      for (let n = 0; n < 10_000; n++) sum += (p.uniform() - 0.5) * (q.uniform() - 0.5) * 12
      expect(Math.abs(sum / 10_000)).toBeLessThan(0.05)
    }
  })

  it('grow from the seed of the kernel', () => {
    expect(createKernel({ seed: 7 }).streams.stream('a').uint32()).toBe(firstOf(7, 'a')[0])
  })

  it('refuse a seed that is no whole number', () => {
    for (const seed of [0.5, Number.NaN, 2 ** 53]) expect(() => createStreams(seed)).toThrow(/whole number/)
  })
})
