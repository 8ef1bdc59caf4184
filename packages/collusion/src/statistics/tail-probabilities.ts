/**
 * What is beyond a value in the distributions of test statistics; small tails keep their relative precision.
 *
 * The incomplete gamma and beta functions are @stdlib's (ports of Boost, made of + - * / and its own elementary
 * functions), so that the same bits come out on every version of Node. Degrees of freedom are above 0.
 */

import { normalBelow } from '@solvent/primitives'
import betainc from '@stdlib/math-base-special-betainc'
import gammainc from '@stdlib/math-base-special-gammainc'

/** P(χ² with `df` degrees of freedom > x). @example chiSquareAbove(3.841458820694124, 1) // 0.05 */
export function chiSquareAbove(x: number, df: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true)
}

/** P(F with df1 and df2 degrees of freedom > x). @example fAbove(161.4476387975881, 1, 1) // 0.05 */
export function fAbove(x: number, df1: number, df2: number): number {
  return x <= 0 ? 1 : betainc(df2 / (df2 + df1 * x), df2 / 2, df1 / 2, true, false)
}

/** P(|standard normal| > |z|). @example normalTwoSided(1.959963984540054) // 0.05 */
export function normalTwoSided(z: number): number {
  return Math.min(1, 2 * normalBelow(-Math.abs(z)))
}
