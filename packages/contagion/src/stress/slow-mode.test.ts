import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry } from '../network/sparse-matrix.ts'
import { debtRank } from './debt-rank.ts'
import { slowMode } from './slow-mode.ts'
import { createStressSystem } from './stress-system.ts'

const complete = (n: number, weight: number, first = 0): Entry[] =>
  Array.from(
    { length: n * n },
    (_, at): Entry => [first + Math.floor(at / n), first + (at % n), weight],
  ).filter(([from, to]) => from !== to)

const systemOf = (n: number, entries: Entry[]) =>
  createStressSystem({
    exposures: claimsNetwork(n, entries),
    buffers: new Array<number>(n).fill(1),
    weights: new Array<number>(n).fill(1),
  })

describe('the slow mode of sweeps', () => {
  // Without leaps an error that shrinks by about 0.98 a sweep takes ln(1e-13)/ln(0.98) ≈ 1,500 of them.
  it('is taken away by leaps: gain 0.99 on a complete graph rests in few sweeps, at x/(1 − g)', () => {
    const n = 12
    const outcome = debtRank(
      systemOf(n, complete(n, 0.99 / (n - 1))),
      new Array<number>(n).fill(1e-3),
      'linear',
    )
    expect(outcome.rounds).toBeLessThan(60)
    for (const level of outcome.stress) expect(level).toBeCloseTo(0.1, 12)
  })

  it('does no harm where two cycles, hardly joined, each have their own', () => {
    const entries = [...complete(6, 0.16), ...complete(6, 0.17, 6), [0, 6, 1e-9] as Entry]
    const outcome = debtRank(systemOf(12, entries), new Array<number>(12).fill(0.02), 'linear')
    expect(outcome.certificate.residual).toBeLessThan(1e-12)
    expect(outcome.stress[7]).toBeCloseTo(0.02 / (1 - 0.85), 11)
  })

  it('of a network without cycles is nothing, and of a cycle measures itself as 1', () => {
    expect([
      ...slowMode(
        claimsNetwork(3, [
          [0, 1, 5],
          [1, 2, 5],
        ]),
      ).measure,
    ]).toEqual([0, 0, 0])
    const { mode, measure } = slowMode(claimsNetwork(8, complete(8, 0.1)))
    expect(mode.reduce((sum, value, node) => sum + value * measure[node]!, 0)).toBeCloseTo(1, 12)
  })

  it('leaves every damped network at its solution, however many nodes fail', () => {
    const networks = fc.integer({ min: 2, max: 10 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        entries: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({ min: 1, max: 99 })), {
          maxLength: 4 * n,
        }),
        shock: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: n, maxLength: n }),
        gain: fc.integer({ min: 1, max: 99 }),
      }),
    )
    fc.assert(
      fc.property(networks, ({ n, entries, shock, gain }) => {
        const claims = entries.filter(([from, to]) => from !== to)
        const owned = new Array<number>(n).fill(0)
        for (const [from, , claim] of claims) owned[from]! += claim
        // Every row sums to the gain, and so does the spectral radius, at most.
        const scaled = claims.map(
          ([from, to, claim]): Entry => [from, to, (claim * gain) / (100 * owned[from]!)],
        )
        const outcome = debtRank(
          systemOf(n, scaled),
          shock.map((tenths) => tenths / 10),
          'linear',
        )
        expect(outcome.certificate.residual).toBeLessThan(1e-12)
      }),
    )
  })
})
