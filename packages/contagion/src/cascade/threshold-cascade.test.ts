import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimsNetwork, type Entry } from '../network/sparse-matrix.ts'
import { thresholdCascade } from './threshold-cascade.ts'

interface Case {
  readonly n: number
  readonly claims: readonly Entry[]
  readonly buffers: readonly number[]
  readonly first: number
}

const cases: fc.Arbitrary<Case> = fc.integer({ min: 2, max: 9 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    claims: fc
      .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(10)), { maxLength: 4 * n })
      .map((entries) => entries.filter(([from, to]) => from !== to)),
    buffers: fc.array(fc.nat(12), { minLength: n, maxLength: n }),
    first: fc.nat(n - 1),
  }),
)

const cascade = (
  { n, claims, buffers, first }: Case,
  tie: 'geq' | 'gt',
  lossGivenDefault = 1,
  initialDefaults = [first],
) => thresholdCascade({ claims: claimsNetwork(n, claims), buffers, initialDefaults, lossGivenDefault, tie })

describe('threshold cascades', () => {
  it('run down a chain round by round until a buffer holds', () => {
    const chain: Case = {
      n: 5,
      claims: [
        [1, 0, 10],
        [2, 1, 10],
        [3, 2, 10],
        [4, 3, 10],
      ],
      buffers: [5, 9, 8, 11, 3],
      first: 0,
    }
    expect([...cascade(chain, 'geq').defaultRound]).toEqual([0, 1, 2, -1, -1])
    expect([...cascade(chain, 'geq').finalLoss]).toEqual([0, 10, 10, 10, 0])
    expect(cascade(chain, 'geq', 0.5).defaults).toBe(1)
  })

  it('a loss equal to the buffer fails a node under geq and not under gt', () => {
    const tie: Case = { n: 2, claims: [[1, 0, 5]], buffers: [1, 5], first: 0 }
    expect([...cascade(tie, 'geq').defaultRound]).toEqual([0, 1])
    expect([...cascade(tie, 'gt').defaultRound]).toEqual([0, -1])
  })

  // In float64 0.1 + 0.2 is more than 0.3, and 0.3 times (1 − 0.9) less than 0.03.
  it('a loss that equals the buffer but for rounding is a tie', () => {
    const sum: Case = {
      n: 3,
      claims: [
        [2, 0, 0.1],
        [2, 1, 0.2],
      ],
      buffers: [1, 1, 0.3],
      first: 0,
    }
    expect(cascade(sum, 'gt', 1, [0, 1]).defaultRound[2]).toBe(-1)
    expect(cascade(sum, 'geq', 1, [0, 1]).defaultRound[2]).toBe(1)
    const product: Case = { n: 2, claims: [[1, 0, 0.3]], buffers: [1, 0.03], first: 0 }
    expect(cascade(product, 'geq', 1 - 0.9).defaultRound[1]).toBe(1)
    expect(cascade(product, 'gt', 1 - 0.9).defaultRound[1]).toBe(-1)
  })

  it('a node that lost nothing does not fail, even without a buffer', () => {
    expect(cascade({ n: 2, claims: [], buffers: [0, 0], first: 0 }, 'geq').defaults).toBe(1)
  })

  it('end in a state that the rule confirms, recounted from the claims', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom('geq' as const, 'gt' as const), (example, tie) => {
        const { defaultRound, finalLoss, certificate } = cascade(example, tie)
        expect(certificate.contradictions).toBe(0)
        finalLoss.forEach((loss, node) => {
          const recounted = example.claims
            .filter(([lender, borrower]) => lender === node && defaultRound[borrower] !== -1)
            .reduce((sum, [, , claim]) => sum + claim, 0)
          expect(loss).toBe(recounted)
        })
      }),
    )
  })

  it('more initial defaults, a larger share lost, or the laxer tie never save a node', () => {
    fc.assert(
      fc.property(cases, fc.nat(8), (example, other) => {
        const base = cascade(example, 'gt', 0.5)
        const second = other % example.n
        const initial = second === example.first ? [example.first] : [example.first, second]
        const worse = [
          cascade(example, 'geq', 0.5),
          cascade(example, 'gt', 1),
          cascade(example, 'gt', 0.5, initial),
        ]
        base.defaultRound.forEach((round, node) => {
          if (round !== -1) for (const { defaultRound } of worse) expect(defaultRound[node]).not.toBe(-1)
        })
      }),
    )
  })

  it('do not depend on the order of the claims', () => {
    fc.assert(
      fc.property(cases, (example) => {
        const reversed = { ...example, claims: example.claims.toReversed() }
        expect(cascade(reversed, 'geq')).toEqual(cascade(example, 'geq'))
      }),
    )
  })

  it('refuse unknown and repeated initial defaults', () => {
    const example: Case = { n: 2, claims: [], buffers: [1, 1], first: 0 }
    expect(() => cascade(example, 'geq', 1, [2])).toThrow('distinct nodes')
    expect(() => cascade(example, 'geq', 1, [0, 0])).toThrow('distinct nodes')
    expect(() => cascade(example, 'geq', 1.5)).toThrow('lossGivenDefault')
  })
})
