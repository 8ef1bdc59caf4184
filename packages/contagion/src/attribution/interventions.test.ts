import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cheapestSet } from './cheapest-set.ts'
import { pairedDifference } from './paired-difference.ts'
import { smallestBreak } from './smallest-break.ts'
import { studentQuantile } from './student-quantile.ts'

describe("Student's quantiles", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  it.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 5, 2.571],
    [0.975, 10, 2.228],
    [0.975, 30, 2.042],
    [0.975, 100, 1.984],
    [0.95, 3, 2.353],
    [0.995, 9, 3.25],
    [0.999, 7, 4.785],
  ])('of %f at %i degrees is %f', (probability, degrees, value) => {
    expect(studentQuantile(probability, degrees)).toBeCloseTo(value, 3)
    expect(studentQuantile(1 - probability, degrees)).toBeCloseTo(-value, 3)
  })
})

describe('paired differences', () => {
  // Differences 1, 2, 3: mean 2, deviation 1, half width 4.303/√3.
  it('have the mean and the half width of the paired-t interval', () => {
    const outcome = pairedDifference([11, 22, 33], [10, 20, 30], 0.95)
    expect(outcome.mean).toBe(2)
    expect(outcome.halfWidth).toBeCloseTo(4.3027 / Math.sqrt(3), 3)
    expect(outcome.varianceReduction).toBeCloseTo(1 - 1 / (121 + 100), 12)
  })

  it('of one pair have no interval, of none no mean', () => {
    expect(pairedDifference([3], [1], 0.95)).toMatchObject({ mean: 2, halfWidth: Number.POSITIVE_INFINITY })
    expect(() => pairedDifference([], [], 0.95)).toThrow(/a pair at least/)
    expect(() => pairedDifference([1, 2], [1], 0.95)).toThrow(/one value for each/)
  })
})

describe('the smallest break', () => {
  it('is bracketed to the width of the last halving', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (threshold) => {
        const outcome = smallestBreak({
          from: 0,
          to: 100,
          intervals: 4,
          halvings: 20,
          breaks: (size) => size >= threshold,
        })
        expect(outcome.monotone).toBe(true)
        expect(outcome.breaksAt! - outcome.holdsAt!).toBeLessThanOrEqual(25 / 2 ** 20)
        expect(outcome.breaksAt!).toBeGreaterThanOrEqual(threshold)
        expect(outcome.holdsAt!).toBeLessThan(threshold)
      }),
    )
  })

  it('is null where nothing breaks, the first where everything does', () => {
    const search = { from: 1, to: 2, intervals: 2, halvings: 5 }
    expect(smallestBreak({ ...search, breaks: () => false })).toMatchObject({
      breaksAt: null,
      holdsAt: 2,
      monotone: true,
    })
    expect(smallestBreak({ ...search, breaks: () => true })).toMatchObject({ breaksAt: 1, holdsAt: null })
  })

  it('says where a larger shock holds after a smaller broke', () => {
    const outcome = smallestBreak({
      from: 0,
      to: 10,
      intervals: 10,
      halvings: 4,
      breaks: (size) => size >= 3 && size < 7,
    })
    expect(outcome.monotone).toBe(false)
    expect(outcome.breaksAt).toBe(3)
  })

  it('refuses an empty range', () => {
    expect(() => smallestBreak({ from: 2, to: 2, intervals: 2, halvings: 5, breaks: () => true })).toThrow(
      /two sizes/,
    )
  })
})

describe('the cheapest set', () => {
  const savings = (avoided: readonly number[]) => (set: readonly number[]) =>
    100 - set.reduce((sum, control) => sum + avoided[control]!, 0)

  it('is exact for few controls: no set of lower cost keeps the bound', () => {
    const controls = fc.integer({ min: 1, max: 5 }).chain((n) =>
      fc.record({
        costs: fc.array(fc.nat(9), { minLength: n, maxLength: n }),
        avoided: fc.array(fc.nat(60), { minLength: n, maxLength: n }),
      }),
    )
    fc.assert(
      fc.property(controls, fc.nat(100), ({ costs, avoided }, bound) => {
        const outcome = cheapestSet({ costs, bound, lossOf: savings(avoided) })
        let least = Number.POSITIVE_INFINITY
        for (let bits = 0; bits < 2 ** costs.length; bits++) {
          const set = [...costs.keys()].filter((at) => (bits >> at) & 1)
          if (savings(avoided)(set) <= bound)
            least = Math.min(
              least,
              set.reduce((sum, at) => sum + costs[at]!, 0),
            )
        }
        expect(outcome.method).toBe('exact')
        expect(outcome.controls === null ? Number.POSITIVE_INFINITY : outcome.cost).toBe(least)
      }),
    )
  })

  it('is greedy by loss avoided per cost beyond, and says so', () => {
    // Of sets of at most four of twelve alike there are 794.
    const costs = new Array<number>(12).fill(1)
    const outcome = cheapestSet({ costs, bound: 55, lossOf: savings(new Array<number>(12).fill(9)) })
    expect(outcome).toMatchObject({ method: 'greedy', controls: [0, 1, 2, 3, 4], cost: 5, loss: 55 })
  })

  it('of fifty controls of which one is enough is exact: the cheapest that is', () => {
    const costs = Array.from({ length: 50 }, (_, at) => 50 - at)
    const avoided = costs.map((cost) => (cost >= 20 ? 60 : 1))
    // Many small ones together cost less than 20, and avoid too little: 20 of them would be needed.
    const outcome = cheapestSet({ costs, bound: 40, lossOf: savings(avoided) })
    expect(outcome.controls).toEqual([30])
    expect(cheapestSet({ costs: costs.map(() => 1), bound: 40, lossOf: savings(avoided) })).toMatchObject({
      method: 'exact',
      controls: [0],
      evaluations: 2,
    })
  })

  it('is none where no control helps', () => {
    const outcome = cheapestSet({ costs: [1, 1, 1, 1, 1, 1, 1], bound: 5, lossOf: () => 50 })
    // 128 sets.
    expect(outcome).toMatchObject({ method: 'greedy', controls: null, loss: 50 })
    expect(cheapestSet({ costs: [1], bound: 5, lossOf: () => 50 })).toMatchObject({
      method: 'exact',
      controls: null,
    })
  })
})
