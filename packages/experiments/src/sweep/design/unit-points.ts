// Points of the unit cube: drawn at random, by a Latin hypercube, of the Sobol sequence, or for sensitivities.
import { createStreams } from '@solvent/kernel'
import type { SweepDesign } from '../sweep-schema.ts'
import { morrisPoints } from './morris.ts'
import { saltelliPoints } from './saltelli.ts'
import { sobolPoints } from './sobol.ts'

export type UnitPoint = readonly number[]

/** Points in [0, 1)^`dimensions`, of trajectories in [0, 1]^`dimensions`; the same for the same seed. */
export function unitPoints(
  design: Exclude<SweepDesign, { kind: 'grid' | 'list' }>,
  dimensions: number,
  seed: number,
): UnitPoint[] {
  switch (design.kind) {
    case 'random':
      return uniformPoints(design.points, dimensions, seed)
    case 'latin-hypercube':
      return latinHypercube(design.points, dimensions, seed)
    case 'sobol':
      return sobolPoints(design.points, dimensions, design.skip)
    case 'saltelli':
      return saltelliPoints(design.blocks, dimensions, design.skip)
    case 'morris':
      return morrisPoints(design, dimensions, seed)
  }
}

function uniformPoints(count: number, dimensions: number, seed: number): UnitPoint[] {
  const streams = createStreams(seed)
  return Array.from({ length: count }, () =>
    Array.from({ length: dimensions }, (_, dimension) =>
      streams.stream(`sweep/random/${dimension}`).uniform(),
    ),
  )
}

/**
 * In every dimension each of `count` equal slices has one point, at a random place in it.
 *
 * Source: M. McKay, R. Beckman, W. Conover, "A comparison of three methods for selecting values of input variables",
 * Technometrics 21(2), 1979.
 */
function latinHypercube(count: number, dimensions: number, seed: number): UnitPoint[] {
  const streams = createStreams(seed)
  const columns = Array.from({ length: dimensions }, (_, dimension) => {
    const stream = streams.stream(`sweep/latin-hypercube/${dimension}`)
    const slices = Array.from({ length: count }, (_slice, index) => index)
    for (let last = count - 1; last > 0; last--) {
      const other = Math.floor(stream.uniform() * (last + 1))
      ;[slices[last], slices[other]] = [slices[other]!, slices[last]!]
    }
    return slices.map((slice) => (slice + stream.uniform()) / count)
  })
  return Array.from({ length: count }, (_, point) => columns.map((column) => column[point]!))
}
