import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { falseDiscoveryRates } from './false-discovery.ts'
import { leastSquares } from './least-squares.ts'
import { medianOf } from './moments.ts'
import { maximise } from './newton.ts'
import { chiSquareAbove, fAbove, normalTwoSided } from './tail-probabilities.ts'

describe('what is beyond a value', () => {
  // 5 % points of printed tables (Abramowitz, Stegun, tables 26.8 and 26.9).
  it('is 5 % at the tabulated points', () => {
    expect(chiSquareAbove(3.841458820694124, 1)).toBeCloseTo(0.05, 12)
    expect(chiSquareAbove(18.307038053275146, 10)).toBeCloseTo(0.05, 12)
    expect(fAbove(161.4476387975881, 1, 1)).toBeCloseTo(0.05, 12)
    expect(fAbove(4.102821015130412, 2, 10)).toBeCloseTo(0.05, 12)
    expect(normalTwoSided(-1.959963984540054)).toBeCloseTo(0.05, 12)
  })

  // scipy.stats.chi2.sf(109.4, 5), as in bids-cover-201.json.
  it('keeps its relative precision far out', () => {
    expect(chiSquareAbove(109.4, 5) / 5.4864397994285915e-22).toBeCloseTo(1, 8)
  })

  it('is everything at and below zero', () => {
    expect(chiSquareAbove(0, 3)).toBe(1)
    expect(fAbove(-1, 3, 4)).toBe(1)
  })
})

describe('least squares', () => {
  // y = 2 + 3x at x = 0, 1, 2 with errors 0, 1, 0: slope 3, constant 2 + 1/3, SSR 2/3, by hand.
  it('gives coefficients, residuals and standard errors', () => {
    const regression = leastSquares(
      [
        [1, 0],
        [1, 1],
        [1, 2],
      ],
      [2, 6, 8],
    )
    expect(regression?.coefficients[0]).toBeCloseTo(7 / 3, 12)
    expect(regression?.coefficients[1]).toBeCloseTo(3, 12)
    expect(regression?.ssr).toBeCloseTo(2 / 3, 12)
    expect(regression?.standardErrors[1]).toBeCloseTo(Math.sqrt(2 / 3 / 2), 12)
  })

  it('is null where columns do not determine the coefficients', () => {
    expect(
      leastSquares(
        [
          [1, 2],
          [2, 4],
          [3, 6],
        ],
        [1, 2, 4],
      ),
    ).toBeNull()
    expect(leastSquares([[1, 2]], [1])).toBeNull()
    expect(leastSquares([], [])).toBeNull()
  })
})

describe('the false discovery rate', () => {
  // By hand: 0.03·3/2 = 0.045 is above 0.04·3/3.
  it('is the least rate at which a test would be flagged, without tests that were not made', () => {
    expect(falseDiscoveryRates([0.01, 0.04, null, 0.03], 'positive')).toEqual([0.03, 0.04, null, 0.04])
    const [first] = falseDiscoveryRates([0.01, 0.04, null, 0.03], 'any')
    expect(first).toBeCloseTo(0.03 * (1 + 1 / 2 + 1 / 3), 12)
    expect(falseDiscoveryRates([], 'any')).toEqual([])
  })

  it('never falls below the p value and keeps its order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const rates = falseDiscoveryRates(pValues, 'positive')
        for (const [at, p] of pValues.entries()) {
          expect(rates[at]).toBeGreaterThanOrEqual(p)
          expect(rates[at]).toBeLessThanOrEqual(1)
          for (const [other, q] of pValues.entries())
            if (p < q) expect(rates[at]! <= rates[other]!).toBe(true)
        }
      }),
    )
  })
})

describe('maximisation', () => {
  it('finds the top of a parabola, and none where there is none', () => {
    const parabola = maximise(
      ([x]) => ({ value: 3 - 2 * (x! - 5) * (x! - 5), gradient: [-4 * (x! - 5)], information: [[4]] }),
      1,
    )
    expect(parabola?.at[0]).toBeCloseTo(5, 10)
    expect(parabola?.value).toBeCloseTo(3, 10)
    expect(parabola?.standardErrors[0]).toBeCloseTo(0.5, 10)
    expect(maximise(() => ({ value: 0, gradient: [1], information: [[0]] }), 1)).toBeNull()
  })
})

it('the median is the middle, or between the two in the middle', () => {
  expect(medianOf([5, 1, 3])).toBe(3)
  expect(medianOf([5, 1, 3, 4])).toBe(3.5)
  expect(medianOf([])).toBeNaN()
})
