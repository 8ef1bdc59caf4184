import { normalBelow } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eisenbergNoe } from '../clearing/clearing.ts'
import { claimsNetwork, type Entry, rowSums, transpose } from '../network/sparse-matrix.ts'
import { debtRank } from '../stress/debt-rank.ts'
import { createStressSystem } from '../stress/stress-system.ts'
import { networkValuation } from './network-valuation.ts'
import { type Valuation, valueOfClaim } from './valuations.ts'

const VALUATIONS: readonly Valuation[] = [
  'furfine',
  'eisenberg-noe',
  'linear-debtrank',
  'furfine-merton',
  'black-cox',
  'merton-eisenberg-noe',
]

interface Case {
  readonly n: number
  readonly claims: readonly Entry[]
  readonly outside: readonly number[]
  readonly assets: readonly number[]
  /** Face equity above 0, by construction of the assets. */
  readonly face: readonly number[]
  readonly shock: readonly number[]
}

/** Balance sheets built from the equity side, so that every node is solvent at face value. */
const cases: fc.Arbitrary<Case> = fc
  .integer({ min: 2, max: 7 })
  .chain((n) =>
    fc.record({
      n: fc.constant(n),
      claims: fc
        .array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1), fc.nat(20)), { maxLength: 3 * n })
        .map((entries) => entries.filter(([from, to]) => from !== to)),
      outside: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: n, maxLength: n }),
      face: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: n, maxLength: n }),
      lossTenths: fc.array(fc.nat(10), { minLength: n, maxLength: n }),
    }),
  )
  .map(({ n, claims, outside, face, lossTenths }) => {
    const network = claimsNetwork(n, claims)
    const [lent, borrowed] = [rowSums(network), rowSums(transpose(network))]
    const assets = face.map((own, node) => Math.max(0, own + outside[node]! + borrowed[node]! - lent[node]!))
    const realFace = assets.map((own, node) => own + lent[node]! - outside[node]! - borrowed[node]!)
    const shock = assets.map((own, node) => (own * lossTenths[node]!) / 10)
    return { n, claims, outside, assets, face: realFace, shock }
  })

const valued = ({ n, claims, outside, assets, face, shock }: Case, valuation: Valuation, recovery = 0.6) =>
  networkValuation({
    claims: claimsNetwork(n, claims),
    externalAssets: assets.map((own, node) => own - shock[node]!),
    externalLiabilities: outside,
    faceEquity: face,
    sigmaAsset: new Array<number>(n).fill(0.1),
    recovery,
    valuation,
  })

describe('the normal distribution', () => {
  // Values of ½·erfc(−x/√2) from the C library.
  it.each([
    [-10, 7.619853024160593e-24],
    [-5, 2.866515718791946e-7],
    [-3, 0.0013498980316300957],
    [-1, 0.15865525393145707],
    [0.5, 0.6914624612740131],
    [1.96, 0.9750021048517795],
    [3, 0.9986501019683699],
  ])('at %d', (x, probability) => {
    expect(Math.abs(normalBelow(x) / probability - 1)).toBeLessThan(1e-13)
  })

  it('is symmetric, rises, and ends at 0 and 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(normalBelow(x) + normalBelow(-x)).toBeCloseTo(1, 14)
        expect(normalBelow(x + 1e-3)).toBeGreaterThanOrEqual(normalBelow(x) - 1e-16)
      }),
    )
    expect(normalBelow(Number.NEGATIVE_INFINITY)).toBe(0)
    expect(normalBelow(Number.POSITIVE_INFINITY)).toBe(1)
  })
})

describe('the value of a claim', () => {
  it('lies between 0 and 1 and never falls as the equity of the borrower rises', () => {
    const borrower = fc.record({
      faceEquity: fc.integer({ min: 1, max: 50 }),
      externalAssets: fc.integer({ min: 0, max: 100 }),
      totalLiabilities: fc.integer({ min: 0, max: 150 }),
      sigma: fc.constantFrom(0, 0.02, 0.1, 0.5),
      recovery: fc.constantFrom(0, 0.4, 1),
    })
    const equity = fc.integer({ min: -150, max: 150 })
    fc.assert(
      fc.property(
        borrower,
        equity,
        fc.nat(20),
        fc.constantFrom(...VALUATIONS),
        (about, low, gain, valuation) => {
          const before = valueOfClaim(valuation, { ...about, equity: low })
          const after = valueOfClaim(valuation, { ...about, equity: low + gain })
          expect(before).toBeGreaterThanOrEqual(0)
          expect(before).toBeLessThanOrEqual(1)
          expect(after).toBeGreaterThanOrEqual(before - 1e-12)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('under Black–Cox is never above that under Merton, which has only one date to default', () => {
    const borrower = { faceEquity: 5, externalAssets: 50, totalLiabilities: 60, sigma: 0.2, recovery: 0.4 }
    for (let equity = -10; equity <= 60; equity++) {
      expect(valueOfClaim('black-cox', { ...borrower, equity })).toBeLessThanOrEqual(
        valueOfClaim('furfine-merton', { ...borrower, equity }) + 1e-15,
      )
    }
  })
})

describe('network valuation', () => {
  it('under Eisenberg–Noe leaves the equity that clearing leaves', () => {
    fc.assert(
      fc.property(cases, (example) => {
        const { equity } = valued(example, 'eisenberg-noe')
        const cleared = eisenbergNoe({
          liabilities: transpose(claimsNetwork(example.n, example.claims)),
          externalAssets: example.assets.map((own, node) => own - example.shock[node]!),
          externalLiabilities: example.outside,
        })
        equity.forEach((value, node) => {
          expect(value).toBeCloseTo(cleared.netWorth[node]!, 8)
        })
      }),
    )
  })

  it('under linear DebtRank leaves E⁰·(1 − h)', () => {
    fc.assert(
      fc.property(cases, (example) => {
        const { n, claims, face, shock } = example
        const { stress } = debtRank(
          createStressSystem({
            exposures: claimsNetwork(n, claims),
            buffers: face,
            weights: new Array<number>(n).fill(1),
          }),
          shock.map((loss, node) => loss / face[node]!),
          'linear',
        )
        valued(example, 'linear-debtrank').equity.forEach((value, node) => {
          expect(value).toBeCloseTo(face[node]! * (1 - stress[node]!), 6)
        })
      }),
    )
  })

  it('is a fixed point under every valuation, and never above face value', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...VALUATIONS), (example, valuation) => {
        const { equity, valueOfClaims, certificate } = valued(example, valuation)
        expect(certificate.residual).toBeLessThan(1e-9)
        equity.forEach((value, node) => {
          expect(value).toBeLessThanOrEqual(example.face[node]! - example.shock[node]! + 1e-9)
          expect(valueOfClaims[node]).toBeLessThanOrEqual(1)
        })
      }),
    )
  })

  it('refuses face equity of zero where it is the measure, and a recovery above 1', () => {
    const example: Case = { n: 2, claims: [], outside: [1, 1], assets: [1, 2], face: [0, 1], shock: [0, 0] }
    expect(() => valued(example, 'linear-debtrank')).toThrow('faceEquity')
    expect(() => valued(example, 'furfine')).not.toThrow()
    expect(() => valued(example, 'furfine', 1.2)).toThrow('recovery')
  })
})
