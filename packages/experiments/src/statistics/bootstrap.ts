// What a figure might have been with other samples of the same size, drawn from the sample itself. The draws come from a
// named stream of a seed, so that the same interval comes out everywhere.
//
// Source: B. Efron, "Better bootstrap confidence intervals", J. Amer. Statist. Assoc. 82, 1987 (bias-corrected and
// accelerated, BCa); B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", 1993, §14.3.
import { createStreams } from '@solvent/kernel'
import { normalBelow } from '@solvent/primitives'
import { quantileSorted } from 'simple-statistics'
import { normalQuantile } from './normal-quantile.ts'
import type { Interval } from './quantile.ts'

export interface BootstrapOptions {
  readonly confidence: number
  readonly resamples: number
  readonly seed: number
}

/**
 * The interval of a figure of a sample.
 *
 * @param figureOf sees `length` values; the array is used again for the next draw
 * @returns null below two values, or where the figure of a draw is not a number
 */
export function bootstrap(
  values: readonly number[],
  figureOf: (values: Float64Array) => number,
  options: BootstrapOptions,
): Interval | null {
  const n = values.length
  if (n < 2) return null
  const sample = Float64Array.from(values)
  const figure = figureOf(Float64Array.from(sample))
  const drawn = new Float64Array(n)
  const figures = resampled(n, options, (places) => {
    for (let at = 0; at < n; at++) drawn[at] = sample[places[at]!]!
    return figureOf(drawn)
  })
  if (figures === null || !Number.isFinite(figure)) return null
  return biasCorrected(figures, figure, acceleration(sample, figureOf), options.confidence)
}

/**
 * The sorted figures of draws of `n` places with replacement; null where one is not a number.
 *
 * @param figureOf the places, used again for the next draw
 */
export function resampled(
  n: number,
  { resamples, seed }: BootstrapOptions,
  figureOf: (places: Uint32Array) => number,
): number[] | null {
  const stream = createStreams(seed).stream('bootstrap')
  const places = new Uint32Array(n)
  const figures: number[] = []
  for (let draw = 0; draw < resamples; draw++) {
    for (let at = 0; at < n; at++) places[at] = Math.floor(stream.uniform() * n)
    const figure = figureOf(places)
    if (!Number.isFinite(figure)) return null
    figures.push(figure)
  }
  return figures.sort((a, b) => a - b)
}

function biasCorrected(figures: number[], figure: number, a: number, confidence: number): Interval {
  const [first, last] = [figures[0]!, figures.at(-1)!]
  if (first === last) return { low: first, high: last }
  const below = figures.filter((value) => value < figure).length
  const equal = figures.filter((value) => value === figure).length
  const share = (below + equal / 2) / figures.length
  const bias = normalQuantile(Math.min(Math.max(share, 0.5 / figures.length), 1 - 0.5 / figures.length))
  const end = (p: number) => {
    const z = bias + normalQuantile(p)
    const moved = normalBelow(bias + z / (1 - a * z))
    return quantileSorted(figures, Math.min(Math.max(moved, 0), 1))
  }
  const tail = (1 - confidence) / 2
  return { low: end(tail), high: end(1 - tail) }
}

/** Parts that are left out in turn; a sample of more values is left out in groups. */
const MOST_PARTS = 200

/** How the figure's error changes with its level, from leaving each value (or each of so many groups) out. */
function acceleration(sample: Float64Array, figureOf: (values: Float64Array) => number): number {
  const parts = Math.min(sample.length, MOST_PARTS)
  const without = Array.from({ length: parts }, (_, part) =>
    figureOf(sample.filter((_value, at) => at % parts !== part)),
  )
  const mean = without.reduce((sum, value) => sum + value, 0) / parts
  let [squares, cubes] = [0, 0]
  for (const value of without) {
    const away = mean - value
    squares += away * away
    cubes += away * away * away
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares))
}
