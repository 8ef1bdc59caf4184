// Measures of a run at a moment, and as lines with the moment and the faults marked.
import type { RunFrame } from '../../src/run-frame.ts'
import { axis, type Chart, COLOURS, chartIn, faint, ink } from '../charts.ts'
import { clockText, element } from '../dom.ts'

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
  /** Dotted, in the colour of the line of this place. */
  readonly dottedLike?: number
}

/** One line for each subject of a measure. */
export function linesOf(frame: RunFrame, measure: string): Line[] {
  return frame.series
    .filter((each) => each.measure === measure)
    .map(({ subject, points }) => ({ name: subject, points }))
}

export interface Picture {
  readonly title: string
  readonly unit: string
  lines(): readonly Line[]
}

export interface PicturesView {
  mark(atMs: number): void
  /** The run has grown. */
  update(): void
  dispose(): void
}

/** Lines over the time of a run, for each measure that there is of it. */
export function picturesIn(parent: HTMLElement, frame: RunFrame, pictures: readonly Picture[]): PicturesView {
  const none = element('p', {}, 'No measures over time were kept of this run.')
  const places = pictures.map((picture) => {
    const place = element('section')
    return { ...picture, place, chart: null as Chart | null }
  })
  const legend = element('p', { class: 'hint' })
  parent.append(none, legend, ...places.map(({ place }) => place))
  let markedMs = 0
  const draw = () => {
    for (const each of places) {
      const lines = each.lines()
      if (lines.length === 0) continue
      if (each.chart === null) {
        each.place.append(element('h2', {}, each.title))
        each.chart = chartIn(
          each.place,
          `${each.title}: ${lines.map(({ name }) => name).join(', ')}`,
          'chart short',
        )
      }
      each.chart.set(optionOf(frame, lines, each.unit, markedMs))
    }
    none.hidden = places.some(({ chart }) => chart !== null)
    legend.hidden = !none.hidden || frame.faults.length === 0
    legend.textContent = `Dashed: ${namesOf(frame)}.`
  }
  draw()
  return {
    mark(atMs) {
      markedMs = atMs
      for (const { chart } of places) chart?.set({ series: [nowMark(atMs)] })
    },
    update: draw,
    dispose: () => {
      for (const { chart } of places) chart?.dispose()
    },
  }
}

const MOST_NAMES = 6

function namesOf({ faults }: RunFrame): string {
  const named = faults.slice(0, MOST_NAMES).map(({ label, at_ms }) => `${label} at ${clockText(at_ms)}`)
  const others = faults.length - named.length
  return [...named, ...(others === 0 ? [] : [`${others} more faults`])].join('; ')
}

const MINUTE_MS = 60_000

function optionOf(frame: RunFrame, lines: readonly Line[], unit: string, atMs: number) {
  return {
    legend: { top: 0, textStyle: { color: ink() }, type: 'scroll', data: lines.map(({ name }) => name) },
    grid: { left: 20, right: 20, top: 40, bottom: 30, containLabel: true },
    tooltip: { trigger: 'axis', confine: true },
    xAxis: { type: 'value', name: 'minutes', nameLocation: 'middle', nameGap: 25, ...minutesOf(frame) },
    yAxis: { type: 'value', name: unit, scale: true, ...axis() },
    series: [
      ...lines.map(({ name, points, dottedLike }) => ({
        id: `line ${name}`,
        type: 'line',
        name,
        step: 'end',
        showSymbol: false,
        ...(dottedLike === undefined
          ? {}
          : {
              color: COLOURS[dottedLike % COLOURS.length],
              lineStyle: { type: 'dotted', width: 3 },
            }),
        data: points.map(([at, value]) => [at / MINUTE_MS, value]),
      })),
      faultMarks(frame),
      nowMark(atMs),
    ],
  }
}

/** The axis of time, to the end of the run. */
export function minutesOf({ durationMs }: RunFrame): object {
  const { axisLabel, ...others } = axis()
  return { ...others, min: 0, max: durationMs / MINUTE_MS, axisLabel: { ...axisLabel, showMaxLabel: false } }
}

function faultMarks({ faults, durationMs }: RunFrame): object {
  return {
    id: 'faults',
    type: 'line',
    data: [],
    markLine: {
      symbol: 'none',
      lineStyle: { color: ink(), type: 'dashed', width: 1 },
      label: { show: false },
      emphasis: { label: { show: true, color: ink(), textBorderColor: faint(), position: 'insideEndTop' } },
      data: faults
        .filter(({ at_ms }) => at_ms <= durationMs)
        .map(({ at_ms, label }) => ({ name: label, xAxis: at_ms / MINUTE_MS, label: { formatter: '{b}' } })),
    },
  }
}

function nowMark(atMs: number): object {
  return {
    id: 'now',
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: ink(), type: 'solid', width: 2 },
      label: { show: false },
      data: [{ xAxis: atMs / MINUTE_MS }],
    },
  }
}
