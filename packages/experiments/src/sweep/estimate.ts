// A mean with its interval, from values in the order of their runs: the same numbers in the same order are summed the same
// way wherever that happens.
import { studentT } from './student-t.ts'

export interface Estimate {
  readonly n: number
  readonly mean: number
  /** Of the sample; null of one value. */
  readonly sd: number | null
  /** Half the width of the confidence interval of the mean; null of one value. */
  readonly halfWidth: number | null
  readonly min: number
  readonly max: number
}

/** Null of no values. */
export function estimate(values: readonly number[], confidence: number): Estimate | null {
  const n = values.length
  if (n === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const min = values.reduce((least, value) => Math.min(least, value), values[0]!)
  const max = values.reduce((most, value) => Math.max(most, value), values[0]!)
  if (n === 1) return { n, mean, sd: null, halfWidth: null, min, max }
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const sd = Math.sqrt(squares / (n - 1))
  return { n, mean, sd, halfWidth: (studentT(confidence, n - 1) * sd) / Math.sqrt(n), min, max }
}
