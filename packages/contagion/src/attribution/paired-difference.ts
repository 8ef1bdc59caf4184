/**
 * The mean of paired differences with a confidence interval, as of losses with and without a control on common random numbers
 * (Law, Kelton, Simulation Modeling and Analysis, §10.2.1: the paired-t interval).
 */
import { SolventError } from '@solvent/primitives'
import { checkedNumber, checkedVector, total, type Vector } from '../network/checked-vector.ts'
import { studentQuantile } from './student-quantile.ts'

export interface PairedDifference {
  /** Mean of first less second. */
  readonly mean: number
  /** Half the width of the interval; Infinity for one pair. */
  readonly halfWidth: number
  /** Of the differences. */
  readonly standardDeviation: number
  /** How much of the variance of the difference the pairing takes away: 1 − Var(a − b)/(Var a + Var b); NaN without any. */
  readonly varianceReduction: number
  readonly pairs: number
}

/**
 * @param confidence above 0 and below 1, 0.95 for instance
 * @throws SolventError E_RANGE for vectors of different lengths, or empty
 * @example pairedDifference([5, 7], [4, 4], 0.95).mean // 2
 */
export function pairedDifference(first: Vector, second: Vector, confidence: number): PairedDifference {
  const pairs = first.length
  const a = checkedVector('first', first, pairs)
  const b = checkedVector('second', second, pairs)
  checkedNumber('confidence', confidence, Number.EPSILON, 1 - Number.EPSILON)
  if (pairs === 0)
    throw new SolventError({ code: 'E_RANGE', message: 'A mean needs a pair at least.', details: { pairs } })
  const differences = a.map((value, at) => value - b[at]!)
  const variance = varianceOf(differences)
  const apart = varianceOf(a) + varianceOf(b)
  return {
    mean: total(differences) / pairs,
    halfWidth:
      pairs < 2
        ? Number.POSITIVE_INFINITY
        : studentQuantile((1 + confidence) / 2, pairs - 1) * Math.sqrt(variance / pairs),
    standardDeviation: Math.sqrt(variance),
    varianceReduction: 1 - variance / apart,
    pairs,
  }
}

/** Unbiased; 0 for one value. */
function varianceOf(values: Float64Array): number {
  if (values.length < 2) return 0
  const mean = total(values) / values.length
  let sum = 0
  for (const value of values) sum += (value - mean) * (value - mean)
  return sum / (values.length - 1)
}
