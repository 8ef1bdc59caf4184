// How much of a figure's variance each parameter brings about: alone (first order), and with all that it does together
// with others (total).
//
// A block of the design is one point of A, one of B, and for each parameter i the point of A whose parameter i is B's (AB_i).
// With V the variance over all points of A and B, S_i = mean(f(B)·(f(AB_i) − f(A))) / V and T_i = mean((f(A) − f(AB_i))²) / 2V.
//
// Sources: I. Sobol', Math. Comput. Simul. 55, 2001; the estimators: A. Saltelli et al., "Variance based sensitivity analysis of
// model output", Comput. Phys. Commun. 181, 2010, table 2 (b), and (f) of M. Jansen, Comput. Phys. Commun. 117, 1999. The
// figure is taken less its mean, which leaves the estimate's limit as it is and makes it vary less.
import { type BootstrapOptions, resampled } from './bootstrap.ts'
import { normalQuantile } from './normal-quantile.ts'
import type { Interval } from './quantile.ts'

/** The figure at a block's points. */
export interface SobolBlock {
  readonly a: number
  readonly b: number
  /** By parameter. */
  readonly mixed: readonly number[]
}

export interface SobolIndex {
  readonly first: number
  readonly firstInterval: Interval | null
  readonly total: number
  readonly totalInterval: Interval | null
}

/**
 * The indices by parameter, with normal intervals whose width is the bootstrap's over blocks.
 *
 * @returns null below two blocks, and where the figure never moves
 */
export function sobolIndices(
  blocks: readonly SobolBlock[],
  options: BootstrapOptions,
): readonly SobolIndex[] | null {
  const n = blocks.length
  const parameters = blocks[0]?.mixed.length ?? 0
  const centre = blocks.reduce((sum, { a, b }) => sum + a + b, 0) / (2 * n)
  const a = Float64Array.from(blocks, (block) => block.a - centre)
  const b = Float64Array.from(blocks, (block) => block.b - centre)
  const all = Uint32Array.from({ length: n }, (_, at) => at)
  if (n < 2 || !(varianceOf(a, b, all) > 0)) return null
  return Array.from({ length: parameters }, (_, parameter) => {
    const mixed = Float64Array.from(blocks, (block) => block.mixed[parameter]! - centre)
    const first = (places: Uint32Array) => firstOrder(a, b, mixed, places)
    const total = (places: Uint32Array) => totalOrder(a, b, mixed, places)
    return {
      first: first(all),
      firstInterval: normalInterval(first(all), resampled(n, options, first), options.confidence),
      total: total(all),
      totalInterval: normalInterval(total(all), resampled(n, options, total), options.confidence),
    }
  })
}

function firstOrder(a: Float64Array, b: Float64Array, mixed: Float64Array, places: Uint32Array): number {
  let sum = 0
  for (const at of places) sum += b[at]! * (mixed[at]! - a[at]!)
  return sum / places.length / varianceOf(a, b, places)
}

function totalOrder(a: Float64Array, b: Float64Array, mixed: Float64Array, places: Uint32Array): number {
  let sum = 0
  for (const at of places) {
    const change = a[at]! - mixed[at]!
    sum += change * change
  }
  return sum / (2 * places.length) / varianceOf(a, b, places)
}

function varianceOf(a: Float64Array, b: Float64Array, places: Uint32Array): number {
  let [sum, squares] = [0, 0]
  for (const at of places) {
    sum += a[at]! + b[at]!
    squares += a[at]! * a[at]! + b[at]! * b[at]!
  }
  const n = 2 * places.length
  return squares / n - (sum / n) * (sum / n)
}

/** A figure ± z standard errors, these being the spread of its draws. */
export function normalInterval(
  figure: number,
  draws: readonly number[] | null,
  confidence: number,
): Interval | null {
  if (draws === null || draws.length < 2) return null
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
  const squares = draws.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(squares / (draws.length - 1))
  return { low: figure - half, high: figure + half }
}
