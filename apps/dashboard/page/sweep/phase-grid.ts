// A sweep's points on one or two of its parameters: which points fall into which cell, and what a metric is there.
import type { SweepArm, SweepFrame } from '../../src/sweep-frame.ts'

/** So many different values have a column each; more numbers than that are put into this many classes of equal width. */
export const MOST_VALUES = 12

/** The values of a parameter in order, as they are read on an axis. */
export interface Scale {
  readonly labels: readonly string[]
  /** Where a value stands. */
  place(value: unknown): number
}

export interface Cell {
  readonly x: number
  readonly y: number
  readonly points: readonly number[]
  readonly runs: number
  readonly ok: number
  /** Mean over the points that have the metric; null when none has. */
  readonly mean: number | null
  /** Of a single point; null of several, whose spread is not chance alone. */
  readonly halfWidth: number | null
}

/** @param called what each value is called */
export function scaleOf(values: readonly unknown[], called: readonly string[]): Scale {
  const names = new Map(values.map((value, place) => [exact(value), called[place]!]))
  const nameOf = (value: unknown): string => names.get(exact(value)) ?? exact(value)
  const labels = [...new Set(called)]
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) return { labels, place: (value) => labels.indexOf(nameOf(value)) }
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  if (sorted.length <= MOST_VALUES)
    return { labels: sorted.map(nameOf), place: (value) => sorted.indexOf(value as number) }
  const [least, most] = [sorted[0]!, sorted.at(-1)!]
  const width = (most - least) / MOST_VALUES
  const edge = (at: number) => short(least + at * width)
  return {
    labels: Array.from({ length: MOST_VALUES }, (_, at) => `${edge(at)} – ${edge(at + 1)}`),
    place: (value) => Math.min(MOST_VALUES - 1, Math.floor(((value as number) - least) / width)),
  }
}

/** The cells of one policy that have points; `yParameter` null: all in one row. */
export function phaseCells(
  { points }: Pick<SweepFrame, 'points'>,
  arms: readonly SweepArm[],
  policy: number,
  x: { readonly parameter: number; readonly scale: Scale },
  y: { readonly parameter: number; readonly scale: Scale } | null,
): Cell[] {
  const ofPoint = new Map(arms.filter((arm) => arm.policy === policy).map((arm) => [arm.point, arm]))
  const groups = new Map<string, { x: number; y: number; points: number[] }>()
  points.forEach((values, point) => {
    const at = x.scale.place(values[x.parameter])
    const row = y === null ? 0 : y.scale.place(values[y.parameter])
    const group = groups.get(`${at} ${row}`) ?? { x: at, y: row, points: [] }
    groups.set(`${at} ${row}`, group)
    group.points.push(point)
  })
  return [...groups.values()].map((group) => {
    const found = group.points.flatMap((point) => ofPoint.get(point) ?? [])
    const measured = found.filter(({ mean }) => mean !== null)
    const sum = measured.reduce((total, { mean }) => total + mean!, 0)
    return {
      ...group,
      runs: found.reduce((total, { runs }) => total + runs, 0),
      ok: found.reduce((total, { ok }) => total + ok, 0),
      mean: measured.length === 0 ? null : sum / measured.length,
      halfWidth: measured.length === 1 ? measured[0]!.halfWidth : null,
    }
  })
}

const exact = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Four significant digits. */
export const short = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: 4, signDisplay: 'negative' })
