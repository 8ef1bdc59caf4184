import { isSolventError } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry } from '../network/sparse-matrix.ts'
import { debtRank, debtRankOfEach, debtRankOfMany, type StressRule } from './debt-rank.ts'
import { createStressSystem } from './stress-system.ts'

const RULES: readonly StressRule[] = ['linear', 'single-hit', 'single-hit-capped-impact']

interface Case {
  readonly n: number
  readonly claims: readonly Entry[]
  readonly buffers: readonly number[]
  readonly shock: readonly number[]
}

const cases: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    claims: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(30)), { maxLength: 3 * n })
      .map((entries) => entries.filter(([from, to]) => from !== to)),
    // Buffers beyond all of a node's claims in sum keep the spectral radius well below 1.
    buffers: fc.array(fc.integer({ min: 900, max: 2000 }), { minLength: n, maxLength: n }),
    shock: fc.array(
      fc.integer({ min: 0, max: 12 }).map((tenths) => tenths / 10),
      {
        minLength: n,
        maxLength: n,
      },
    ),
  }),
)

const even = (n: number) => new Array<number>(n).fill(1)
const systemOf = ({ n, claims, buffers }: Case) =>
  createStressSystem({ exposures: claimsNetwork(n, claims), buffers, weights: even(n) })

describe('closed forms', () => {
  const pair = (w01: number, w10: number) =>
    createStressSystem({
      exposures: claimsNetwork(2, [
        [0, 1, w01],
        [1, 0, w10],
      ]),
      buffers: [1, 1],
      weights: [1, 1],
    })

  it('two-cycle: x/(1 − w01·w10) under the linear rule, x + w01·w10·x under single-hit', () => {
    const system = pair(0.8, 0.5)
    expect(debtRank(system, [0.3, 0], 'linear').stress[0]).toBeCloseTo(0.3 / (1 - 0.4), 12)
    expect(debtRank(system, [0.3, 0], 'single-hit').stress[0]).toBeCloseTo(0.3 + 0.4 * 0.3, 12)
  })

  // Complete graph of gain g = (n − 1)w below 1: x/(1 − g) for a shock x to all.
  it('complete graph: x/(1 − g)', () => {
    const n = 5
    const claims: Entry[] = []
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) claims.push([i, j, 0.2])
    const system = createStressSystem({
      exposures: claimsNetwork(n, claims),
      buffers: even(n),
      weights: even(n),
    })
    for (const level of debtRank(system, new Array<number>(n).fill(0.1), 'linear').stress)
      expect(level).toBeCloseTo(0.1 / (1 - 0.8), 12)
  })

  it('above gain 1 any shock fails everyone', () => {
    const outcome = debtRank(pair(1.2, 1.1), [1e-6, 0], 'linear')
    expect([...outcome.cappedStress]).toEqual([1, 1])
    expect(outcome.additionalDefaults).toBe(2)
    expect(outcome.certificate.residual).toBeLessThan(1e-12)
  })

  it('at gain exactly 1 the stress reaches 1 and stays there', () => {
    expect([...debtRank(pair(1, 1), [1e-3, 0], 'linear').cappedStress]).toEqual([1, 1])
  })
})

describe('laws of DebtRank', () => {
  it('a larger shock never lowers stress under the linear rule', () => {
    fc.assert(
      fc.property(cases, fc.nat(7), (example, at) => {
        const system = systemOf(example)
        const larger = example.shock.map((level, node) => level + (node === at % example.n ? 0.3 : 0))
        const before = debtRank(system, example.shock, 'linear')
        const after = debtRank(system, larger, 'linear')
        before.stress.forEach((level, node) => {
          expect(after.stress[node]).toBeGreaterThanOrEqual(level - 1e-12)
        })
      }),
    )
  })

  it('single-hit never passes on more than the linear rule, and capped impact never more than uncapped', () => {
    fc.assert(
      fc.property(cases, (example) => {
        const system = systemOf(example)
        const [linear, single, capped] = RULES.map((rule) => debtRank(system, example.shock, rule).stress)
        single!.forEach((level, node) => {
          expect(level).toBeLessThanOrEqual(linear![node]! + 1e-12)
          expect(capped![node]).toBeLessThanOrEqual(level + 1e-12)
        })
      }),
    )
  })

  it('many shocks side by side give what each gives alone, in their order', () => {
    const shockOf = (n: number) =>
      fc.array(
        fc.integer({ min: 0, max: 12 }).map((tenths) => tenths / 10),
        { minLength: n, maxLength: n },
      )
    const many = cases.chain((example) =>
      fc.record({
        example: fc.constant(example),
        shocks: fc.array(shockOf(example.n), { maxLength: 9 }),
        gain: fc.constantFrom(1, 60),
      }),
    )
    fc.assert(
      fc.property(many, fc.constantFrom(...RULES), ({ example, shocks, gain }, rule) => {
        const buffers = example.buffers.map((buffer) => buffer / gain)
        const system = systemOf({ ...example, buffers })
        const visited: number[] = []
        debtRankOfMany(system, rule, shocks, (at, outcome) => {
          visited.push(at)
          const alone = debtRank(system, shocks[at]!, rule)
          expect(outcome.certificate.residual).toBeLessThan(1e-12)
          outcome.stress.forEach((level, node) => {
            expect(level / Math.max(1, alone.stress[node]!)).toBeCloseTo(
              alone.stress[node]! / Math.max(1, alone.stress[node]!),
              11,
            )
          })
        })
        expect(visited).toEqual(shocks.map((_, at) => at))
      }),
    )
  })

  it('is a fixed point, and the losses beyond the shock are what lenders lose on stressed borrowers', () => {
    fc.assert(
      fc.property(cases, (example) => {
        const outcome = debtRank(systemOf(example), example.shock, 'linear')
        expect(outcome.certificate.residual).toBeLessThan(1e-12)
        const onBorrowers = example.claims.reduce(
          (sum, [, borrower, claim]) => sum + claim * outcome.cappedStress[borrower]!,
          0,
        )
        expect(outcome.additionalLosses).toBeCloseTo(onBorrowers, 8)
      }),
    )
  })

  it('is the least solution: plain steps from the shock rise to it and not past it', () => {
    const levels = fc.integer({ min: 0, max: 3 }).map((tenths) => tenths / 10)
    const networks = fc.integer({ min: 2, max: 6 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        claims: fc
          .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(60)), { maxLength: 3 * n })
          .map((entries) => entries.filter(([from, to]) => from !== to)),
        // Small enough that some networks amplify.
        buffers: fc.array(fc.integer({ min: 60, max: 200 }), { minLength: n, maxLength: n }),
        shock: fc.array(levels, { minLength: n, maxLength: n }),
      }),
    )
    fc.assert(
      fc.property(networks, (example) => {
        const { stress } = debtRank(systemOf(example), example.shock, 'linear')
        const plain = plainSteps(example, 5000)
        fc.pre(plain !== null)
        stress.forEach((level, node) => {
          expect(level).toBeCloseTo(plain![node]!, 9)
        })
      }),
    )
  })

  it('does not depend on the names of the nodes', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...RULES), (example, rule) => {
        const { n } = example
        const mirrored: Case = {
          n,
          claims: example.claims
            .map(([from, to, claim]): Entry => [n - 1 - from, n - 1 - to, claim])
            .reverse(),
          buffers: example.buffers.toReversed(),
          shock: example.shock.toReversed(),
        }
        const straight = debtRank(systemOf(example), example.shock, rule).stress
        const turned = debtRank(systemOf(mirrored), mirrored.shock, rule).stress
        straight.forEach((level, node) => {
          expect(turned[n - 1 - node]).toBeCloseTo(level, 12)
        })
      }),
    )
  })

  it('each failure by itself gives what a shock of 1 to that node gives', () => {
    const example = fc.sample(cases, { numRuns: 1, seed: 7 })[0]!
    const system = systemOf(example)
    for (const rule of RULES) {
      debtRankOfEach(system, rule, (node, outcome) => {
        const shock = new Float64Array(example.n)
        shock[node] = 1
        expect(outcome).toEqual(debtRank(system, shock, rule))
      })
    }
  })
})

describe('bad input', () => {
  it('a buffer of zero, weights without a sum, and a negative shock are refused', () => {
    const exposures = claimsNetwork(2, [[0, 1, 1]])
    const refuses = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        return isSolventError(error, 'E_RANGE')
      }
      return false
    }
    expect(refuses(() => createStressSystem({ exposures, buffers: [0, 1], weights: [1, 1] }))).toBe(true)
    expect(refuses(() => createStressSystem({ exposures, buffers: [1e-300, 1], weights: [1, 1] }))).toBe(true)
    expect(refuses(() => createStressSystem({ exposures, buffers: [1, 1], weights: [0, 0] }))).toBe(true)
    const system = createStressSystem({ exposures, buffers: [1, 1], weights: [1, 1] })
    expect(refuses(() => debtRank(system, [-0.1, 0], 'linear'))).toBe(true)
    expect(refuses(() => debtRank(system, [0.1], 'linear'))).toBe(true)
  })
})

describe('many shocks at once', () => {
  it('four side by side end where each ends alone', () => {
    const n = 12
    const entry = fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.integer({ min: 1, max: 100 }))
    const shock = fc.array(fc.constantFrom(0, 0, 0.1, 0.9, 1, 3), { minLength: n, maxLength: n })
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 60 }),
        fc.array(shock, { minLength: 4, maxLength: 9 }),
        fc.constantFrom(40, 200, 2_000),
        (entries, shocks, buffer) => {
          const exposures = claimsNetwork(
            n,
            entries.filter(([lender, borrower]) => lender !== borrower),
          )
          const buffers = new Array<number>(n).fill(buffer)
          const system = createStressSystem({ exposures, buffers, weights: buffers })
          const visited: number[] = []
          debtRankOfMany(system, 'linear', shocks, (at, many) => {
            visited.push(at)
            const alone = debtRank(system, shocks[at]!, 'linear')
            expect(many.additionalDefaults).toBe(alone.additionalDefaults)
            for (const [node, level] of many.stress.entries())
              expect(Math.abs(level - alone.stress[node]!)).toBeLessThan(
                1e-10 * Math.max(1, alone.stress[node]!),
              )
          })
          expect(visited).toEqual(shocks.map((_, at) => at))
        },
      ),
    )
  })
})

/** h ← h0 + W·min(1, h), as the definition says; null where it has not come to rest. */
function plainSteps({ claims, buffers, shock }: Case, steps: number): number[] | null {
  let stress = [...shock]
  for (let step = 0; step < steps; step++) {
    const next = [...shock]
    for (const [lender, borrower, claim] of claims)
      next[lender]! += (claim / buffers[lender]!) * Math.min(1, stress[borrower]!)
    if (next.every((level, node) => Math.abs(level - stress[node]!) < 1e-14)) return next
    stress = next
  }
  return null
}
