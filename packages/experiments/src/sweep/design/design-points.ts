// The points of a design: one value for each parameter.
import { exp, ln } from '@solvent/primitives'
import type { ParameterRange, SweepDesign, SweepParameter } from '../sweep-schema.ts'
import { morrisTrajectorySize } from './morris.ts'
import { saltelliBlockSize } from './saltelli.ts'
import { unitPoints } from './unit-points.ts'

/** A parameter, and whether the base writes its value as text, as it does with amounts. */
export interface DesignParameter extends SweepParameter {
  readonly isText: boolean
}

export type DesignPoint = readonly unknown[]

/** How many points a design has. */
export function designSize(design: SweepDesign, parameters: readonly SweepParameter[]): number {
  switch (design.kind) {
    case 'grid':
      return gridSize(parameters)
    case 'list':
      return design.points.length
    case 'saltelli':
      return design.blocks * saltelliBlockSize(parameters.length)
    case 'morris':
      return design.trajectories * morrisTrajectorySize(parameters.length)
    default:
      return design.points
  }
}

function gridSize(parameters: readonly SweepParameter[]): number {
  return parameters.reduce((product, { values, range }) => product * (values?.length ?? range?.steps ?? 1), 1)
}

/** The points in their order; of a grid the last parameter changes fastest. */
export function designPoints(
  design: SweepDesign,
  parameters: readonly DesignParameter[],
  seed: number,
): DesignPoint[] {
  if (design.kind === 'list') return design.points
  if (design.kind === 'grid') return grid(parameters)
  return unitPoints(design, parameters.length, seed).map((point) =>
    point.map((u, index) => drawn(parameters[index]!, u)),
  )
}

function grid(parameters: readonly DesignParameter[]): DesignPoint[] {
  return parameters.reduce<DesignPoint[]>(
    (points, parameter) => {
      const levels = levelsOf(parameter)
      return points.flatMap((point) => levels.map((level) => [...point, level]))
    },
    [[]],
  )
}

function levelsOf({ values, range, isText }: DesignParameter): readonly unknown[] {
  if (values !== undefined) return values
  const { steps } = range!
  const levels = Array.from({ length: steps }, (_, step) => written(range!, step / (steps - 1), isText))
  return [...new Set(levels)]
}

function drawn({ values, range, isText }: DesignParameter, u: number): unknown {
  return values === undefined
    ? written(range!, u, isText)
    : values[Math.min(Math.floor(u * values.length), values.length - 1)]
}

function written(range: ParameterRange, u: number, isText: boolean): number | string {
  const value = valueIn(range, u)
  if (!isText) return value
  const text = value.toFixed(range.whole ? 0 : range.decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function valueIn({ from, to, scale, whole }: ParameterRange, u: number): number {
  const value =
    u === 0
      ? from
      : u === 1
        ? to
        : scale === 'linear'
          ? from + (to - from) * u
          : from * exp(ln(to / from) * u)
  return whole ? Math.round(value) : value
}
