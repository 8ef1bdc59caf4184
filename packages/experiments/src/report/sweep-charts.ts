// Figures of a sweep as pictures: lines over one parameter with intervals, a phase diagram over two.
import { axis, type Drawing, legend, type Palette, short } from '../page/chart.ts'
import { resolvingText } from '../page/text/resolving-text.ts'
import { compareLabels } from '../sweep/design/value-labels.ts'
import type { Row } from './inquiry.ts'

/** A figure at a point under a policy. */
export interface Arm extends Row {
  readonly metric: string
  readonly point: number
  readonly policy: string
  readonly mean: number
  readonly half: number | null
  readonly n: number
}

/** Values of the parameters at each point, as text. */
export type PointValues = ReadonlyMap<number, readonly string[]>

/** What ECharts gives to whoever draws an item: values of a datum, and where they are in the picture. */
interface ItemApi {
  value(dimension: number): number
  coord(values: readonly number[]): number[]
}

/** One parameter, or a place for each point: means with their intervals, a line a policy. */
export function lines(rows: readonly Arm[], values: PointValues, parameters: readonly string[]): Drawing {
  const points = [...new Set(rows.map(({ point }) => point))].sort((a, b) =>
    compareLabels(values.get(a)?.[0], values.get(b)?.[0]),
  )
  const policies = [...new Set(rows.map(({ policy }) => policy))]
  return (palette) => ({
    legend: legend(palette),
    grid: { left: 80, right: 30, top: 40, bottom: 60 },
    xAxis: {
      type: 'category',
      name: parameters.join(', '),
      nameLocation: 'middle',
      nameGap: 35,
      data: points.map((point) => (values.get(point) ?? []).join(', ')),
      ...axis(palette),
    },
    yAxis: {
      type: 'value',
      scale: true,
      ...axis(palette),
      axisLabel: { color: palette.ink, formatter: short },
    },
    series: policies.flatMap((policy, place) => {
      const found = points.map((point) => rows.find((row) => row.policy === policy && row.point === point))
      const color = palette.series[place % palette.series.length]
      return [
        {
          type: 'line',
          name: policy,
          data: found.map((row) => row?.mean ?? null),
          itemStyle: { color },
          lineStyle: { color },
        },
        {
          type: 'custom',
          name: policy,
          data: found.flatMap((row, at) =>
            row === undefined || row.half === null ? [] : [[at, row.mean - row.half, row.mean + row.half]],
          ),
          encode: { x: 0, y: [1, 2] },
          renderItem: (_: unknown, api: ItemApi) => {
            const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)])
            const [, high = 0] = api.coord([api.value(0), api.value(2)])
            return {
              type: 'line',
              shape: { x1: x, y1: low, x2: x, y2: high },
              style: { stroke: color, lineWidth: 2 },
            }
          },
        },
      ]
    }),
  })
}

interface PhaseOptions {
  readonly values: PointValues
  readonly parameters: readonly string[]
  /** What the colours span, the same for all policies. */
  readonly range: { readonly min: number; readonly max: number }
}

/** Of all columns together, in a chart's width. */
const MOST_LETTERS_ABREAST = 60
/** Columns beyond so many are named where there is room. */
const MOST_NAMED = 30

/** Two parameters under one policy: a cell for each point of a grid, otherwise a dot, the mean as its colour. */
export function phases(rows: readonly Arm[], { values, parameters, range }: PhaseOptions): Drawing {
  const valuesOf = (place: number) =>
    [...new Set(rows.map(({ point }) => values.get(point)?.[place] ?? ''))].sort(compareLabels)
  const axes = [valuesOf(0), valuesOf(1)] as const
  const areNumbers = axes.every((labels) => labels.every((label) => !Number.isNaN(Number(label))))
  // Of points that fill the space every second cell and more would be empty.
  const isGrid = !areNumbers || 2 * rows.length > axes[0].length * axes[1].length
  const at = (point: number, place: 0 | 1): number => {
    const value = values.get(point)?.[place] ?? ''
    return isGrid ? axes[place].indexOf(value) : Number(value)
  }
  const data = rows.map(({ point, mean }) => [at(point, 0), at(point, 1), mean])
  const along = (place: 0 | 1, palette: Palette) => ({
    ...(isGrid ? { type: 'category', data: axes[place] } : { type: 'value', scale: true }),
    name: parameters[place],
    ...axis(palette),
    splitLine: { show: false },
  })
  const told = resolvingText(range)
  // Names that do not fit beside each other are turned: of a column without its name nobody knows what it is.
  const isTurned = isGrid && axes[0].join('').length > MOST_LETTERS_ABREAST
  const names = isGrid && axes[0].length <= MOST_NAMED ? { interval: 0, rotate: isTurned ? 30 : 0 } : {}
  const cut = { width: isTurned ? WIDEST_TURNED : WIDEST_NAME, overflow: 'truncate' }
  return (palette) => ({
    grid: { left: isGrid ? roomOf(axes[1]) : 90, right: 110, top: 30, bottom: isTurned ? 100 : 60 },
    xAxis: {
      ...along(0, palette),
      axisLabel: { color: palette.ink, ...names, ...(isGrid ? cut : {}) },
      nameLocation: 'middle',
      nameGap: isTurned ? 75 : 35,
    },
    yAxis: {
      ...along(1, palette),
      axisLabel: { color: palette.ink, ...(isGrid ? { width: WIDEST_NAME, overflow: 'truncate' } : {}) },
    },
    visualMap: {
      ...range,
      text: [told(range.max), told(range.min)],
      right: 0,
      top: 'middle',
      dimension: 2,
      textStyle: { color: palette.ink },
      // Viridis, reversed: even in brightness, and told apart by colour-blind readers.
      inRange: { color: ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'] },
    },
    series: [
      isGrid
        ? {
            type: 'heatmap',
            data,
            label: {
              show: rows.length <= 100,
              formatter: ({ value }: { value: number[] }) => told(value[2]!),
            },
          }
        : { type: 'scatter', data, symbolSize: 8, itemStyle: { borderColor: palette.ink, borderWidth: 0.4 } },
    ],
  })
}

const LETTER_WIDTH = 8
/** Names of rows and columns take no more of a picture; the table beside it has them whole. */
const WIDEST_NAME = 380
const WIDEST_TURNED = 170

function roomOf(names: readonly string[]): number {
  const widest = LETTER_WIDTH * Math.max(...names.map(({ length }) => length))
  return Math.max(90, 20 + Math.min(WIDEST_NAME, widest))
}

/** More policies than colours cannot be told apart as lines: a row each, the mean as its colour. */
export function policyRows(rows: readonly Arm[], { values, parameters, range }: PhaseOptions): Drawing {
  const cells = rows.map((row, point) => ({ ...row, point }))
  const places = rows.map(({ point, policy }) => [(values.get(point) ?? []).join(', '), policy])
  return phases(cells, {
    values: new Map(places.entries()),
    parameters: [parameters.join(', '), ''],
    range,
  })
}
