/**
 * First digits against Benford's law, P(d) = log10(1 + 1/d): χ² with 8 degrees of freedom and the mean absolute
 * deviation. Only for amounts over several orders of magnitude; invented figures are often too even.
 *
 * Source: M. Nigrini, Benford's Law, Wiley 2012, chapters 1 and 7.
 */
import { ln } from '@solvent/primitives'
import { chiSquareAbove } from '../statistics/tail-probabilities.ts'

export interface Benford {
  /** Of the digits 1 to 9. */
  readonly counts: readonly number[]
  readonly chi2: number
  readonly df: number
  readonly p: number
  readonly mad: number
  /** log10 of the largest over the smallest: below 2 the law is not to be expected. */
  readonly orders_of_magnitude: number
}

/** Null without a positive value; others are left out. */
export function benfordOf(values: ArrayLike<number>): Benford | null {
  const positive = Array.from(values).filter((value) => value > 0 && Number.isFinite(value))
  if (positive.length === 0) return null
  const counts = new Array<number>(9).fill(0)
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const value of positive) {
    counts[firstDigit(value) - 1]!++
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  let [chi2, deviation] = [0, 0]
  for (const [at, count] of counts.entries()) {
    const expected = ln(1 + 1 / (at + 1)) / Math.LN10
    chi2 +=
      ((count - positive.length * expected) * (count - positive.length * expected)) /
      (positive.length * expected)
    deviation += Math.abs(count / positive.length - expected)
  }
  return {
    counts,
    chi2,
    df: 8,
    p: chiSquareAbove(chi2, 8),
    mad: deviation / 9,
    orders_of_magnitude: ln(most / least) / Math.LN10,
  }
}

/** The first digit of the shortest decimal notation that is the same number. */
function firstDigit(value: number): number {
  return Number(value.toExponential()[0])
}
