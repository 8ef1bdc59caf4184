// Measures of a run at a moment, and as lines with the moment marked.
import type { RunFrame } from '../../src/run-frame.ts'
import { axis, type Chart, chartIn, ink } from '../charts.ts'

/** The last value that was kept at or before the moment; null: none was. */
export function valueAt(frame: RunFrame, measure: string, subject: string, atMs: number): number | null {
  const points =
    frame.series.find((each) => each.measure === measure && each.subject === subject)?.points ?? []
  return points.findLast(([at]) => at <= atMs)?.[1] ?? null
}

export interface Line {
  readonly name: string
  /** Virtual ms, value. */
  readonly points: readonly (readonly [number, number])[]
}

export interface LinesView {
  readonly chart: Chart
  mark(atMs: number): void
}

/** Lines over the time of a run. */
export function linesIn(parent: HTMLElement, label: string, lines: readonly Line[], unit: string): LinesView {
  const chart = chartIn(parent, label, 'chart short')
  const option = (atMs: number) => ({
    legend: { top: 0, textStyle: { color: ink() }, type: 'scroll' },
    grid: { left: 80, right: 20, top: 40, bottom: 40 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'value', name: 'minutes', nameLocation: 'middle', nameGap: 25, max: 'dataMax', ...axis() },
    yAxis: { type: 'value', name: unit, scale: true, ...axis() },
    series: [
      ...lines.map(({ name, points }) => ({
        type: 'line',
        name,
        step: 'end',
        showSymbol: false,
        data: points.map(([at, value]) => [at / 60_000, value]),
      })),
      {
        type: 'line',
        name: 'now',
        data: [],
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: ink(), type: 'solid', width: 2 },
          label: { show: false },
          data: [{ xAxis: atMs / 60_000 }],
        },
      },
    ],
  })
  return { chart, mark: (atMs) => chart.set(option(atMs)) }
}

/** One line for each subject of a measure. */
export function linesOf(frame: RunFrame, measure: string): Line[] {
  return frame.series
    .filter((each) => each.measure === measure)
    .map(({ subject, points }) => ({ name: subject, points }))
}
