// Moments of drawn prices against their closed forms: 100,000 steps, bands of five standard errors.
import { exp, ln, sqrt } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { drawFactorPaths, loadingIn } from './factor-paths.ts'
import { type FactorModel, pricesSchema } from './price-schema.ts'

const STEPS = 100_000
const STEP_SECONDS = 3_600
const H = STEP_SECONDS / 31_536_000
const SECONDS = STEPS * STEP_SECONDS

const model = (factor: object): FactorModel => {
  const parsed = pricesSchema.parse({ factor: { stepSeconds: STEP_SECONDS, ...factor } }).factor
  if (parsed === undefined) throw new Error('a factor was given')
  return parsed
}

const TWO = { A: { volatility: 0.8, loading: 0.9, drift: 0.1 }, B: { volatility: 0.5, loading: 0.6 } }

function logReturns(relatives: readonly number[]): number[] {
  return relatives.map((relative, step) => ln(relative / (step === 0 ? 1 : relatives[step - 1]!)))
}

const mean = (sample: readonly number[]) => sample.reduce((sum, x) => sum + x, 0) / sample.length

function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  return mean(a.map((x, i) => (x - meanA) * (b[i]! - meanB)))
}

const correlation = (a: readonly number[], b: readonly number[]) =>
  covariance(a, b) / sqrt(covariance(a, a) * covariance(b, b))

/** Five standard errors of a correlation, (1 − ρ²) / √n. */
const band = (rho: number, count = STEPS) => (5 * (1 - rho * rho)) / sqrt(count)

function returnsOf(factor: object, seed = '1'): { readonly a: number[]; readonly b: number[] } {
  const { relatives } = drawFactorPaths(model(factor), SECONDS, seed)
  return { a: logReturns(relatives.get('A')!), b: logReturns(relatives.get('B')!) }
}

describe('prices under one factor', () => {
  it('grow by μ − σ²/2 and vary by σ² in a year', () => {
    // 11.4 years: the standard error of a year's growth is 4 / √11.4 = 1.2, so that a half or a sign gone wrong (8) shows.
    const { a } = returnsOf({ assets: { ...TWO, A: { volatility: 4, loading: 0.9, drift: 4 } } })
    expect(Math.abs(mean(a) - (4 - 8) * H)).toBeLessThan((5 * 4 * sqrt(H)) / sqrt(STEPS))
    expect(Math.abs(covariance(a, a) / (16 * H) - 1)).toBeLessThan(5 * sqrt(2 / STEPS))
  })

  it('correlate by the product of their loadings', () => {
    const { a, b } = returnsOf({ assets: TWO })
    expect(Math.abs(correlation(a, b) - 0.54)).toBeLessThan(band(0.54))
  })

  it('correlate more, and vary more, in stress: λ + shift (1 − λ), here .96 and .84', () => {
    const stress = {
      volatilityTimes: 3,
      loadingShift: 0.6,
      windows: [{ fromSeconds: 0, untilSeconds: 31_536_000 }],
    }
    const factor = model({ assets: TWO, stress })
    expect(loadingIn(0.9, factor, true)).toBeCloseTo(0.96, 12)
    expect(loadingIn(-0.5, factor, true)).toBeCloseTo(-0.8, 12)
    const { a, b } = returnsOf({ assets: TWO, stress })
    const inside = 31_536_000 / STEP_SECONDS
    const [a1, b1] = [a.slice(0, inside), b.slice(0, inside)]
    expect(Math.abs(correlation(a1, b1) - 0.96 * 0.84)).toBeLessThan(band(0.96 * 0.84, inside))
    expect(Math.abs(covariance(a1, a1) / (9 * 0.64 * H) - 1)).toBeLessThan(5 * sqrt(2 / inside))
    const [a2, b2] = [a.slice(inside), b.slice(inside)]
    expect(Math.abs(correlation(a2, b2) - 0.54)).toBeLessThan(band(0.54, STEPS - inside))
  })

  it('are in stress for the share of time that its rates give: 2 a day of 3 hours, 1/5 of calm and stress', () => {
    const stress = { volatilityTimes: 2, loadingShift: 0.5, perDay: 2, meanHours: 3 }
    const factor = { ...model({ assets: {}, stress }), stepSeconds: 60 }
    const { isStress } = drawFactorPaths(factor, 60 * STEPS, '1')
    // Mean calm 12 h, mean stress 3 h: 0.2. About 111 rounds of 15 h: the share's deviation is √2 · 0.2 · 0.8 / √111 = 0.0215.
    expect(Math.abs(isStress.filter(Boolean).length / STEPS - 0.2)).toBeLessThan(5 * 0.0215)
    // Five deviations of nothing would not show a chain that never moves.
    expect(isStress.filter((now, i) => now !== isStress[i - 1]).length).toBeGreaterThan(100)
  })

  it('let the rate revert: mean b, deviation σ / √(2a), and half of a distance gone after ln 2 / a years', () => {
    const rate = { start: 0.08, mean: 0.03, speed: 12, volatility: 0.02 }
    const { rate: path } = drawFactorPaths(model({ assets: {}, rate }), SECONDS, '1')
    // 11.4 years, and autocorrelation e^(−12 t): about 137 independent values.
    const deviation = 0.02 / sqrt(24)
    expect(Math.abs(mean(path.slice(8_760)) - 0.03)).toBeLessThan((5 * deviation * sqrt(2)) / sqrt(125))
    expect(sqrt(covariance(path.slice(8_760), path.slice(8_760))) / deviation).toBeCloseTo(1, 0)
    const still = drawFactorPaths(model({ assets: {}, rate: { ...rate, volatility: 0 } }), SECONDS, '1')
    expect(still.rate[729]!).toBeCloseTo(0.03 + 0.05 * exp(-1), 12)
  })

  it('fall with the rate by their beta, and by nothing else when they have no volatility', () => {
    const rate = { start: 0.08, mean: 0.03, speed: 12, volatility: 0.01 }
    const assets = { A: { volatility: 0, loading: 0, rateBeta: -2 } }
    const { relatives, rate: path } = drawFactorPaths(model({ assets, rate }), SECONDS, '1')
    expect(ln(relatives.get('A')![999]!)).toBeCloseTo(-2 * (path[999]! - 0.08), 9)
  })

  it('are shifted by no other asset, and by another seed', () => {
    const alone = returnsOf({ assets: { A: TWO.A, B: TWO.B } })
    const among = returnsOf({ assets: { C: TWO.B, ...TWO } })
    expect(among.a).toEqual(alone.a)
    expect(returnsOf({ assets: TWO }, '2').a).not.toEqual(alone.a)
  })
})
