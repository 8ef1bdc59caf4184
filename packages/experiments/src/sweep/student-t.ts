// Quantiles of Student's t distribution, for intervals of a mean.
//
// Source: the distribution function by the regularised incomplete beta function, W. Press et al., "Numerical
// Recipes in C", 2nd ed., 1992, §6.4 (continued fraction by Lentz's method); ln Γ by Lanczos' approximation, §6.1.
import { exp, ln } from '@solvent/primitives'

const LANCZOS = [
  76.18009172947146, -86.5053203294168, 24.01409824083091, -1.231739572450155, 0.001208650973866179,
  -0.000005395239384953,
]

function lnGamma(x: number): number {
  const shifted = x + 5.5
  const series = LANCZOS.reduce((sum, term, index) => sum + term / (x + 1 + index), 1 + 1.90015e-10)
  return (x + 0.5) * ln(shifted) - shifted + ln((2.506628274631 * series) / x)
}

/** ∫ of the beta density up to x. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * ln(x) + b * ln(1 - x))
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

function betaFraction(a: number, b: number, x: number): number {
  const TINY = 1e-300
  const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction
}

const known = new Map<string, number>()

/**
 * The t that a share of `confidence` lies within, on both sides together.
 *
 * @param freedom degrees of freedom, at least 1
 * @example studentT(0.95, 9).toFixed(3) // '2.262'
 */
export function studentT(confidence: number, freedom: number): number {
  const key = `${confidence}/${freedom}`
  let t = known.get(key)
  if (t === undefined) {
    t = search(confidence, freedom)
    known.set(key, t)
  }
  return t
}

function search(confidence: number, freedom: number): number {
  const within = (t: number) => 1 - incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t))
  let low = 0
  let high = 1
  while (within(high) < confidence && high < 1e6) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2
    if (within(middle) < confidence) low = middle
    else high = middle
  }
  return (low + high) / 2
}
