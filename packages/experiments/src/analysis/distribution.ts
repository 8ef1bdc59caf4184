// How a figure is spread: its mean, its quantiles and its tails, each with an interval.
import { type BootstrapOptions, bootstrap } from '../statistics/bootstrap.ts'
import {
  ascending,
  expectedShortfall,
  type Interval,
  type QuantileEstimate,
  quantileEstimate,
} from '../statistics/quantile.ts'
import { estimate } from '../sweep/estimate.ts'

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
/** The share of values that a tail is the mean of. */
export const TAIL = 0.05
/** Of fewer, a tail is less than one value. */
const FEWEST_IN_TAIL = 20

export interface Distribution {
  readonly n: number
  readonly mean: number
  readonly sd: number | null
  /** Of the mean, by Student's t. */
  readonly interval: Interval | null
  readonly min: number
  readonly max: number
  readonly quantiles: readonly QuantileEstimate[]
  /** Means of the lowest and of the highest twentieth of values (expected shortfall of either side); null of fewer than 20. */
  readonly tails: { readonly low: Tail; readonly high: Tail } | null
}

export interface Tail {
  readonly value: number
  /** By bootstrap (BCa). */
  readonly interval: Interval | null
}

/** Null of no values; NaN is left out. */
export function distributionOf(column: Iterable<number>, options: BootstrapOptions): Distribution | null {
  const values = [...column].filter((value) => !Number.isNaN(value))
  const found = estimate(values, options.confidence)
  if (found === null) return null
  const { n, mean, sd, halfWidth, min, max } = found
  const sorted = ascending(values)
  return {
    n,
    mean,
    sd,
    interval: halfWidth === null ? null : { low: mean - halfWidth, high: mean + halfWidth },
    min,
    max,
    quantiles: QUANTILES.map((at) => quantileEstimate(sorted, at, options.confidence)),
    tails: n < FEWEST_IN_TAIL ? null : { low: lowTail(sorted, options), high: highTail(sorted, options) },
  }
}

function highTail(sorted: readonly number[], options: BootstrapOptions): Tail {
  return {
    value: expectedShortfall(sorted, 1 - TAIL),
    interval: bootstrap(sorted, (values) => expectedShortfall(values.sort(), 1 - TAIL), options),
  }
}

function lowTail(sorted: readonly number[], options: BootstrapOptions): Tail {
  const { value, interval } = highTail(ascending(sorted.map((each) => -each)), options)
  return { value: -value, interval: interval === null ? null : { low: -interval.high, high: -interval.low } }
}
