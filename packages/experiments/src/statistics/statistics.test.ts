import { rocOf } from '@solvent/collusion'
import { expect, it } from 'vitest'
import { bootstrap } from './bootstrap.ts'
import { normalQuantile } from './normal-quantile.ts'
import { pairedT, signedRank } from './paired-tests.ts'
import { ascending, expectedShortfall, quantileEstimate } from './quantile.ts'
import { kendall, midranks, spearman } from './rank-correlation.ts'

const ramp = (n: number) => Array.from({ length: n }, (_, index) => index + 1)

// Ranks: H. David, H. Nagaraja, "Order Statistics", 3rd ed., 2003, §7.1: for the median, 2 and 9 of 10 cover 97.85 %; 6 and 15
// of 20 cover 95.86 %. Of 5, even the least and the greatest cover 93.75 % only.
it.each([
  [10, { low: 2, high: 9 }],
  [20, { low: 6, high: 15 }],
  [5, null],
])('the median of %s values lies between the ranks of the binomial distribution', (n, interval) => {
  expect(quantileEstimate(ramp(n), 0.5, 0.95)).toEqual({ at: 0.5, value: (n + 1) / 2, interval })
})

it('quantiles between values are those of type 7', () => {
  // R: quantile(c(1, 2, 4, 8), 0.4, type = 7) is 2.4.
  expect(quantileEstimate([1, 2, 4, 8], 0.4, 0.95).value).toBeCloseTo(2.4, 12)
})

it('the expected shortfall is the mean of the worst share, a value in part where the share ends within it', () => {
  // Of 1 to 10 at 75 %: 10, 9 and half of 8 over 2.5.
  expect(expectedShortfall(ramp(10), 0.75)).toBeCloseTo((10 + 9 + 4) / 2.5, 12)
  // Of a standard normal at 95 %: φ(z)/0.05 = 2.0627 (Rockafellar, Uryasev 2002, example).
  const normal = ramp(20_000).map((rank) => normalQuantile((rank - 0.5) / 20_000))
  expect(expectedShortfall(normal, 0.95)).toBeCloseTo(2.0627, 3)
})

it("Student's t finds Student's two sleeping drugs different", () => {
  // Student 1908; R: t.test(extra ~ group, data = sleep, paired = TRUE): t = -4.0621, df = 9, p = 0.002833.
  const hours = [-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4]
  const { t, freedom, p } = pairedT(hours)!
  expect([t.toFixed(4), freedom, p.toFixed(6)]).toEqual(['-4.0621', 9, '0.002833'])
  expect(pairedT([2, 2, 2])).toBeNull()
})

it("Wilcoxon's signed ranks are exact without ties, and normal with them", () => {
  // R: wilcox.test, depression scale of M. Hollander, D. Wolfe, 1973, p. 29: V = 40, one-sided p = 0.01953.
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  const scale = signedRank(before.map((value, at) => value - after[at]!))!
  expect(scale).toMatchObject({ v: 40, n: 9, isExact: true })
  expect(scale.p).toBeCloseTo(2 * 0.01953125, 12)
  // SciPy's example, heights of maize: p = 0.041259765625 exact.
  const maize = signedRank([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75])!
  expect([maize.v, maize.p]).toEqual([96, 0.041259765625])
  // By hand: V = 1.5 + 1.5 + 3 + 5 = 11 of ranks 1.5, 1.5, 3, 4, 5; variance 5·6·11/24 − 6/48 = 13.625; z = 3/√13.625.
  const tied = signedRank([1, 1, 2, -3, 4, 0])!
  expect(tied).toMatchObject({ v: 11, n: 5, isExact: false })
  expect(tied.p).toBeCloseTo(0.4164, 4)
  expect(signedRank([0, 0])).toBeNull()
})

it('rank correlations are those of others', () => {
  expect(midranks([5, 1, 5])).toEqual([2.5, 1, 2.5])
  // SciPy: spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]).
  const rho = spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])!
  expect(rho.value).toBeCloseTo(0.8207826816681233, 12)
  expect(rho.p).toBeCloseTo(0.08858700531354381, 10)
  // R: cor.test, tuna of Hollander, Wolfe 1973, p. 187: τ = 0.4444; exact = FALSE: z = 1.6681, p = 0.09529.
  const lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
  const tuna = kendall(lightness, [2.6, 3.1, 2.5, 5, 3.6, 4, 5.2, 2.8, 3.8])!
  expect([tuna.value.toFixed(4), tuna.p.toFixed(5)]).toEqual(['0.4444', '0.09529'])
  // SciPy: kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]), ties in both.
  const tied = kendall([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])!
  expect(tied.value).toBeCloseTo(-0.4714045207910317, 12)
  expect(tied.p).toBeCloseTo(0.2827454599327748, 10)
  // Of 4! orders two agree in full.
  expect(spearman([1, 2, 3, 4], [8, 6, 4, 2])).toEqual({ value: -1, p: 2 / 24 })
  expect(spearman([1, 2, 3], [4, 4, 4])).toBeNull()
  expect(kendall([1, 2, 3], [4, 4, 4])).toBeNull()
})

it('a bootstrap is the same for the same seed, and holds what it should', () => {
  const options = { confidence: 0.95, resamples: 500, seed: 3 }
  const worst = (values: Float64Array) => expectedShortfall(ascending([...values]), 0.9)
  const values = ramp(60)
  const interval = bootstrap(values, worst, options)!
  expect(bootstrap(values, worst, options)).toEqual(interval)
  expect(bootstrap(values, worst, { ...options, seed: 4 })).not.toEqual(interval)
  expect(interval.low).toBeLessThan(57.5)
  expect(interval.high).toBeGreaterThan(57.5)
  expect(interval.high).toBeLessThanOrEqual(60)
  expect(bootstrap([4, 4, 4], worst, options)).toEqual({ low: 4, high: 4 })
  expect(bootstrap([4], worst, options)).toBeNull()
})

it('a score that puts all positives first has an area of one', () => {
  // Hanley, McNeil 1982: the area is the share of pairs in the right order; here 5 of 6.
  expect(rocOf([4, 3, 2, 1, 0], [1, 0, 1, 0, 0])!.auc).toBeCloseTo(5 / 6, 12)
})
