// A phase diagram as a heat map, and a metric along one parameter as lines with intervals.
import { axis, type Chart, ink } from '../charts.ts'
import type { Cell } from './phase-grid.ts'
import { short } from './phase-grid.ts'

/** Viridis (Smith, van der Walt 2015): even in lightness, told apart by colour-blind readers. */
const SHADES = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725']
/** Colours that need a light text. */
const DARK_SHARE = 0.55

export interface PhaseAxes {
  readonly x: { readonly name: string; readonly labels: readonly string[] }
  readonly y: { readonly name: string; readonly labels: readonly string[] }
}

export function drawHeatMap(chart: Chart, metric: string, axes: PhaseAxes, cells: readonly Cell[]): void {
  const known = cells.filter((cell) => cell.mean !== null)
  const least = known.reduce((min, { mean }) => Math.min(min, mean!), Number.POSITIVE_INFINITY)
  const most = known.reduce((max, { mean }) => Math.max(max, mean!), Number.NEGATIVE_INFINITY)
  const category = ({ name, labels }: PhaseAxes['x'], nameGap: number) => ({
    type: 'category',
    data: labels,
    name,
    nameLocation: 'middle',
    nameGap,
    ...axis(),
    axisLabel: { ...axis().axisLabel, width: WIDEST_NAME, overflow: 'truncate' },
    splitLine: { show: false },
  })
  const room = roomOf(axes.y.labels)
  chart.set({
    grid: { left: room + 35, right: 110, top: 20, bottom: 60 },
    tooltip: { formatter: '{c}' },
    xAxis: category(axes.x, 35),
    yAxis: category(axes.y, room + 10),
    visualMap: {
      min: known.length === 0 ? 0 : least,
      max: known.length === 0 ? 1 : most === least ? most + 1 : most,
      dimension: 2,
      right: 0,
      top: 'middle',
      text: [known.length === 0 ? '' : short(most), known.length === 0 ? '' : short(least)],
      textStyle: { color: ink() },
      inRange: { color: SHADES },
    },
    series: [
      {
        type: 'heatmap',
        name: metric,
        data: known.map(({ x, y, mean, runs, ok }) => ({
          value: [x, y, mean],
          label: {
            show: known.length <= 150,
            formatter: `${short(mean!)}${ok < runs ? ' !' : ''}`,
            color: most > least && (mean! - least) / (most - least) > DARK_SHARE ? '#000' : '#fff',
          },
        })),
      },
    ],
  })
}

const LETTER_WIDTH = 7
/** Names take no more of a picture; the table beside it has them whole. */
const WIDEST_NAME = 300

function roomOf(labels: readonly string[]): number {
  const most = labels.reduce((length, label) => Math.max(length, label.length), 0)
  return Math.min(WIDEST_NAME, Math.max(60, 10 + LETTER_WIDTH * most))
}

export interface PolicyLine {
  readonly policy: string
  readonly cells: readonly Cell[]
}

export function drawLines(
  chart: Chart,
  metric: string,
  x: PhaseAxes['x'],
  lines: readonly PolicyLine[],
): void {
  chart.set({
    legend: { top: 0, textStyle: { color: ink() }, type: 'scroll', data: lines.map(({ policy }) => policy) },
    // The name of the axis stands below the legend.
    grid: { left: 90, right: 20, top: 65, bottom: 60 },
    tooltip: { trigger: 'axis' },
    xAxis: {
      type: 'category',
      data: x.labels,
      name: x.name,
      nameLocation: 'middle',
      nameGap: 35,
      ...axis(),
    },
    yAxis: { type: 'value', scale: true, name: metric, ...axis() },
    series: lines.flatMap(({ policy, cells }) => {
      const inOrder = cells.filter(({ mean }) => mean !== null).sort((a, b) => a.x - b.x)
      return [
        {
          type: 'line',
          name: policy,
          symbolSize: 9,
          data: inOrder.map(({ x: at, mean }) => [at, mean]),
        },
        {
          type: 'custom',
          name: policy,
          silent: true,
          tooltip: { show: false },
          encode: { x: 0, y: [1, 2] },
          data: inOrder.flatMap(({ x: at, mean, halfWidth }) =>
            halfWidth === null ? [] : [[at, mean! - halfWidth, mean! + halfWidth]],
          ),
          renderItem: whisker,
        },
      ]
    }),
  })
}

interface RenderApi {
  value(dimension: number): number
  coord(point: readonly [number, number]): [number, number]
  visual(name: 'color'): string
}

const CAP = 5

/** An interval: a line with a cap at each end. */
function whisker(_: unknown, api: RenderApi): object {
  const [x, low] = api.coord([api.value(0), api.value(1)])
  const [, high] = api.coord([api.value(0), api.value(2)])
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style: { stroke: api.visual('color'), lineWidth: 2 },
  })
  return {
    type: 'group',
    children: [line(x, low, x, high), line(x - CAP, low, x + CAP, low), line(x - CAP, high, x + CAP, high)],
  }
}
