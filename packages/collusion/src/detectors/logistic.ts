/**
 * Logistic regression with a ridge, by Newton's method on ml-matrix: the maximum, not a number of steps towards it.
 *
 * Features are taken to mean 0 and deviation 1 of the examples, so that one ridge fits all; one that is null counts as
 * the mean. Source: S. le Cessie, J. van Houwelingen, "Ridge estimators in logistic regression", Applied Statistics
 * 41(1), 1992, 191-201.
 */
import { exp, log1p } from '@solvent/primitives'
import { meanOf, standardDeviationOf } from '../statistics/moments.ts'
import { type Expansion, maximise } from '../statistics/newton.ts'
import type { Features } from './features.ts'

export interface LogisticModel {
  readonly means: readonly number[]
  readonly scales: readonly number[]
  /** The constant first. */
  readonly weights: readonly number[]
}

export interface Example {
  readonly features: Features
  /** 1 collusive, 0 competitive. */
  readonly label: 0 | 1
}

/** Squared weights cost half of this. */
const RIDGE = 4

/**
 * What lies further out than almost all that was learnt from counts as no further: a market of many tenders has screens of
 * twenty deviations, and a weight that is small and of either sign by chance would decide by itself.
 */
const MOST_DEVIATIONS = 4

/**
 * The most likely weights under the ridge.
 *
 * @param examples of both labels
 * @param risesWith numbers of features that can only speak for collusion: whichever of them would get a weight below 0 is left out, the worst first
 */
export function trainLogistic(
  examples: readonly Example[],
  risesWith: readonly number[] = [],
): LogisticModel {
  const width = examples[0]?.features.length ?? 0
  const columns = Array.from({ length: width }, (_, at) =>
    examples.flatMap(({ features }) => features[at] ?? []),
  )
  const means = columns.map((column) => (column.length === 0 ? 0 : meanOf(column)))
  const scales = columns.map((column) => (column.length < 2 ? 1 : standardDeviationOf(column) || 1))
  const rows = examples.map(({ features }) => standardised({ means, scales }, features))
  for (;;) {
    const maximum = maximise((weights) => likelihood(rows, examples, weights), width + 1)
    const weights = maximum?.at ?? new Array<number>(width + 1).fill(0)
    const worst = risesWith.reduce<number | null>(
      (least, at) => (weights[at + 1]! < (least === null ? 0 : weights[least + 1]!) ? at : least),
      null,
    )
    if (worst === null) return { means, scales, weights }
    // A feature that no example has gets the weight 0 by the ridge.
    for (const row of rows) row[worst + 1] = 0
  }
}

/** The probability of collusion if half of all markets were collusive, as half of the examples are. */
export function probabilityOf(model: LogisticModel, features: Features): number {
  return 1 / (1 + exp(-scoreOf(model.weights, standardised(model, features))))
}

const bounded = (deviations: number) => Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, deviations))

/** The constant, then each feature in deviations. */
export function standardised({ means, scales }: Pick<LogisticModel, 'means' | 'scales'>, features: Features) {
  const row = new Float64Array(features.length + 1)
  row[0] = 1
  for (const [at, value] of features.entries())
    row[at + 1] = value === null ? 0 : bounded((value - means[at]!) / scales[at]!)
  return row
}

function scoreOf(weights: readonly number[], row: Float64Array): number {
  let score = 0
  for (let at = 0; at < row.length; at++) score += weights[at]! * row[at]!
  return score
}

function likelihood(
  rows: readonly Float64Array[],
  examples: readonly Example[],
  weights: readonly number[],
): Expansion {
  const size = weights.length
  const gradient = weights.map((weight, at) => (at === 0 ? 0 : -RIDGE * weight))
  const information = weights.map((_, row) =>
    weights.map((__, column) => (row === column && row > 0 ? RIDGE : 0)),
  )
  let value = weights.slice(1).reduce((sum, weight) => sum - (RIDGE / 2) * weight * weight, 0)
  for (const [at, row] of rows.entries()) {
    const score = scoreOf(weights, row)
    const label = examples[at]!.label
    const probability = 1 / (1 + exp(-score))
    // −ln(1 + e^−s), without overflow.
    const signed = label === 1 ? score : -score
    value += signed > 0 ? -log1p(exp(-signed)) : signed - log1p(exp(signed))
    const spread = probability * (1 - probability)
    for (let i = 0; i < size; i++) {
      gradient[i]! += (label - probability) * row[i]!
      for (let j = 0; j <= i; j++) information[i]![j]! += spread * row[i]! * row[j]!
    }
  }
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) information[i]![j] = information[j]![i]!
  return { value, gradient, information }
}
