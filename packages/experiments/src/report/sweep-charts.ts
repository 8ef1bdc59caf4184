// Figures of a sweep as pictures: lines over one parameter with intervals, a phase diagram over two.
import { axis, type Drawing, legend, short } from '../page/chart.ts'
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
    compareValues(values.get(a)?.[0], values.get(b)?.[0]),
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

/** Two parameters: a cell for each point, the mean of the first policy as its colour. */
export function phases(rows: readonly Arm[], values: PointValues, parameters: readonly string[]): Drawing {
  const of = (place: number) =>
    [...new Set(rows.map(({ point }) => values.get(point)?.[place] ?? ''))].sort(compareValues)
  const [across, up] = [of(0), of(1)]
  const first = rows[0]?.policy
  const shown = rows.filter(({ policy }) => policy === first)
  const means = shown.map(({ mean }) => mean)
  return (palette) => ({
    grid: { left: 90, right: 110, top: 20, bottom: 60 },
    xAxis: {
      type: 'category',
      name: parameters[0],
      nameLocation: 'middle',
      nameGap: 35,
      data: across,
      ...axis(palette),
    },
    yAxis: { type: 'category', name: parameters[1], data: up, ...axis(palette) },
    visualMap: {
      min: Math.min(...means),
      max: Math.max(...means),
      right: 0,
      top: 'middle',
      textStyle: { color: palette.ink },
      // Viridis, reversed: even in brightness, and told apart by colour-blind readers.
      inRange: { color: ['#fde725', '#5ec962', '#21918c', '#3b528b', '#440154'] },
    },
    series: [
      {
        type: 'heatmap',
        data: shown.map(({ point, mean }) => [
          across.indexOf(values.get(point)?.[0] ?? ''),
          up.indexOf(values.get(point)?.[1] ?? ''),
          mean,
        ]),
        label: { show: shown.length <= 100, formatter: ({ value }: { value: number[] }) => short(value[2]!) },
      },
    ],
  })
}

/** Numbers by size, other text by code units. */
export function compareValues(a = '', b = ''): number {
  const [x, y] = [Number(a), Number(b)]
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y
  return a < b ? -1 : a > b ? 1 : 0
}
