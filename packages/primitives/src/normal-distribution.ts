/**
 * The standard normal distribution from + − × ÷ and the deterministic exponential.
 *
 * Near the middle the series ½ + φ(x)·(x + x³/3 + x⁵/15 + …), in the tail the continued fraction of Mills' ratio
 * (Abramowitz, Stegun 26.2.11 and 26.2.14). Absolute error below 1e-15; in the tail a relative one below 1e-13.
 */
import { exp } from './elementary.ts'

const SQRT_TWO_PI = 2.5066282746310002
const TAIL = 3
const FRACTION_DEPTH = 200

/**
 * Φ(x), the probability of a standard normal variable below x; NaN for NaN.
 *
 * @example normalBelow(0) // 0.5
 */
export function normalBelow(x: number): number {
  if (Number.isNaN(x)) return x
  if (x < -TAIL) return tailBeyond(-x)
  if (x > TAIL) return 1 - tailBeyond(x)
  return 0.5 + normalDensity(x) * series(x)
}

/** φ(x), the density of a standard normal variable. @example normalDensity(0) // 0.3989422804014327 */
export function normalDensity(x: number): number {
  return exp(-0.5 * x * x) / SQRT_TWO_PI
}

/** x + x³/3 + x⁵/(3·5) + …, until a term no longer counts. */
function series(x: number): number {
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return sum
}

/** 1 − Φ(x) for x > 3, the fraction evaluated from its far end: φ(x)/(x + 1/(x + 2/(x + …))). */
function tailBeyond(x: number): number {
  let fraction = x
  for (let level = FRACTION_DEPTH; level >= 1; level--) fraction = x + level / fraction
  return normalDensity(x) / fraction
}
