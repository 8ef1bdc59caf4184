// Which parameters matter at all, from few runs: the change of a figure when one parameter moves, at many places.
//
// μ* is the mean size of a parameter's effects (how much it matters), μ their mean, σ their standard deviation (how much it depends
// on where: not linear, or together with others). Effects are for a move through the whole range of the parameter.
//
// Sources: M. Morris, "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2), 1991; μ*:
// F. Campolongo, J. Cariboni, A. Saltelli, Environ. Model. Softw. 22, 2007.
import { type BootstrapOptions, resampled } from './bootstrap.ts'
import type { Interval } from './quantile.ts'
import { normalInterval } from './sobol-indices.ts'

export interface ElementaryEffects {
  /** How many. */
  readonly n: number
  readonly meanSize: number
  readonly meanSizeInterval: Interval | null
  readonly mean: number
  /** Null of one effect. */
  readonly sd: number | null
}

/** Changes of a figure for one parameter's moves; null of none. */
export function elementaryEffects(
  effects: readonly number[],
  options: BootstrapOptions,
): ElementaryEffects | null {
  const n = effects.length
  if (n === 0) return null
  const mean = effects.reduce((sum, effect) => sum + effect, 0) / n
  const squares = effects.reduce((sum, effect) => sum + (effect - mean) * (effect - mean), 0)
  const sizes = Float64Array.from(effects, Math.abs)
  const meanSizeOf = (places: Iterable<number>) => {
    let sum = 0
    for (const at of places) sum += sizes[at]!
    return sum / n
  }
  const meanSize = meanSizeOf(sizes.keys())
  const draws = n < 2 ? null : resampled(n, options, meanSizeOf)
  return {
    n,
    meanSize,
    meanSizeInterval: normalInterval(meanSize, draws, options.confidence),
    mean,
    sd: n < 2 ? null : Math.sqrt(squares / (n - 1)),
  }
}

/**
 * The effects of each parameter along a trajectory: the figure's change from one point to the next over the move.
 *
 * @param points in the unit cube; from one to the next one parameter moves
 * @param figures at the points; null where there is none
 */
export function effectsAlong(
  points: readonly (readonly number[])[],
  figures: readonly (number | null)[],
): { readonly parameter: number; readonly effect: number }[] {
  return points.slice(1).flatMap((point, index) => {
    const before = points[index]!
    const [from, to] = [figures[index]!, figures[index + 1]!]
    const parameter = point.findIndex((value, at) => value !== before[at])
    if (parameter < 0 || from === null || to === null) return []
    return [{ parameter, effect: (to - from) / (point[parameter]! - before[parameter]!) }]
  })
}
