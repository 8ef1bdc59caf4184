import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry } from '../network/sparse-matrix.ts'
import { strongComponents } from '../network/strong-components.ts'
import { debtRank } from './debt-rank.ts'
import { gainBound, spectralRadius } from './spectral-radius.ts'
import { createStressSystem } from './stress-system.ts'

const ring = (weights: readonly number[]): Entry[] =>
  weights.map((weight, node) => [node, (node + 1) % weights.length, weight])

const complete = (n: number, weight: number): Entry[] =>
  Array.from({ length: n * n }, (_, at): Entry => [Math.floor(at / n), at % n, weight]).filter(
    ([from, to]) => from !== to,
  )

/** Weights of 0.1 to 2 among 2 to 8 nodes. */
const networks = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    entries: fc
      .array(
        fc.tuple(
          fc.nat(n - 1),
          fc.nat(n - 1),
          fc.integer({ min: 1, max: 20 }).map((tenths) => tenths / 10),
        ),
        { minLength: 1, maxLength: 4 * n },
      )
      .map((entries) => entries.filter(([from, to]) => from !== to)),
  }),
)

describe('the spectral radius in closed form', () => {
  it('of a ring is the geometric mean of its entries', () => {
    const weights = [0.5, 2, 0.25, 1, 4, 0.1, 3]
    const mean = Math.exp(weights.reduce((sum, weight) => sum + Math.log(weight), 0) / weights.length)
    const { radius, criticalGain, regime, certificate } = spectralRadius(claimsNetwork(7, ring(weights)))
    expect(radius).toBeCloseTo(mean, 11)
    expect(criticalGain).toBeCloseTo(1 / mean, 11)
    expect(regime).toBe('damping')
    expect(certificate.lower).toBeLessThanOrEqual(mean * (1 + 1e-12))
    expect(certificate.upper).toBeGreaterThanOrEqual(mean * (1 - 1e-12))
  })

  // Gain g = (n − 1)w.
  it.each([
    [0.19, 'damping'],
    [0.2, 'critical'],
    [0.21, 'amplifying'],
  ] as const)('of a complete graph of six with entries %d is five times as much: %s', (weight, regime) => {
    const found = spectralRadius(claimsNetwork(6, complete(6, weight)))
    expect(found.radius).toBeCloseTo(5 * weight, 12)
    expect(found.regime).toBe(regime)
  })

  it('of a chain, however strong, is 0', () => {
    const found = spectralRadius(
      claimsNetwork(3, [
        [0, 1, 100],
        [1, 2, 100],
      ]),
    )
    expect(found).toMatchObject({ radius: 0, criticalGain: Number.POSITIVE_INFINITY, regime: 'damping' })
  })

  it('of a network in parts is that of its strongest cycle', () => {
    const parts: Entry[] = [...complete(3, 0.2), [3, 4, 0.9], [4, 3, 0.4], [4, 0, 50], [2, 5, 7]]
    expect(spectralRadius(claimsNetwork(6, parts)).radius).toBeCloseTo(0.6, 12)
  })
})

describe('laws of the spectral radius', () => {
  it('is named alike in any order, grows with the entries, and lies below its quick bound', () => {
    fc.assert(
      fc.property(networks, ({ n, entries }) => {
        const { radius } = spectralRadius(claimsNetwork(n, entries))
        const turned = entries.map(([from, to, weight]): Entry => [n - 1 - from, n - 1 - to, weight])
        expect(spectralRadius(claimsNetwork(n, turned.reverse())).radius).toBeCloseTo(radius, 9)
        const doubled = entries.map(([from, to, weight]): Entry => [from, to, 2 * weight])
        expect(spectralRadius(claimsNetwork(n, doubled)).radius).toBeCloseTo(2 * radius, 9)
        expect(gainBound(claimsNetwork(n, entries))).toBeGreaterThanOrEqual(radius * (1 - 1e-9))
      }),
    )
  })

  // Bardoscia et al. 2015: below radius 1 a small shock stays small, above it fails the nodes of the cycle.
  it('separates damping from amplification at its critical gain', () => {
    fc.assert(
      fc.property(networks, ({ n, entries }) => {
        const { criticalGain } = spectralRadius(claimsNetwork(n, entries))
        if (!Number.isFinite(criticalGain)) return
        const worst = (gain: number) => {
          const system = createStressSystem({
            exposures: claimsNetwork(
              n,
              entries.map(([from, to, weight]): Entry => [from, to, weight * gain]),
            ),
            buffers: new Array<number>(n).fill(1),
            weights: new Array<number>(n).fill(1),
          })
          const shock = new Array<number>(n).fill(1e-20)
          return Math.max(...debtRank(system, shock, 'linear').stress)
        }
        expect(worst(0.9 * criticalGain)).toBeLessThan(1e-3)
        expect(worst(1.1 * criticalGain)).toBeGreaterThanOrEqual(1)
      }),
      { numRuns: 50 },
    )
  })
})

describe('strong components', () => {
  it('of a chain as long as a network may be are single nodes, without recursion', () => {
    const n = 200_000
    const entries: Entry[] = []
    for (let node = 0; node + 1 < n; node++) entries.push([node, node + 1, 1])
    expect(strongComponents(claimsNetwork(n, entries))).toHaveLength(n)
  })

  it('join exactly the nodes that reach each other', () => {
    fc.assert(
      fc.property(networks, ({ n, entries }) => {
        const reaches = Array.from({ length: n }, (_, a) => Array.from({ length: n }, (_, b) => a === b))
        for (let pass = 0; pass < n; pass++)
          for (const [from, to] of entries)
            for (let b = 0; b < n; b++) if (reaches[to]![b]) reaches[from]![b] = true
        const components = strongComponents(claimsNetwork(n, entries))
        expect(components.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, a) => a))
        const componentOf = new Map(components.flatMap((nodes, at) => nodes.map((node) => [node, at])))
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++)
            expect(componentOf.get(a) === componentOf.get(b)).toBe(reaches[a]![b]! && reaches[b]![a]!)
      }),
    )
  })
})
