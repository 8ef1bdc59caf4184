// Dashed lines at moments of a chart over time, numbered at their upper ends: a number has room where a name has none, and
// moments too close for two numbers share one line. What the numbers stand for is told beside the chart.
import type { Palette } from './chart.ts'

export interface Moment {
  readonly atSeconds: number
  readonly what: string
}

/** Of the axis: lines that are closer would write over each other. */
const LEAST_GAP = 0.04

export interface TimeMark {
  readonly xAxis: number
  /** `3`, or `3–5` for moments that share the line. */
  readonly name: string
}

/** @param moments in order of time @param span of the axis, s */
export function timeMarks(moments: readonly Moment[], span: number): TimeMark[] {
  const marks: { xAxis: number; from: number; to: number }[] = []
  moments.forEach(({ atSeconds }, place) => {
    const last = marks.at(-1)
    if (last !== undefined && atSeconds - last.xAxis < LEAST_GAP * span) last.to = place + 1
    else marks.push({ xAxis: atSeconds, from: place + 1, to: place + 1 })
  })
  return marks.map(({ xAxis, from, to }) => ({ xAxis, name: from === to ? String(from) : `${from}–${to}` }))
}

/** A series without points that draws the lines. */
export function markSeries(name: string, marks: readonly TimeMark[], palette: Palette): object {
  return {
    type: 'line',
    name,
    data: [],
    markLine: {
      symbol: 'none',
      silent: true,
      lineStyle: { color: palette.ink, type: 'dashed' },
      data: marks.map((mark) => ({
        xAxis: mark.xAxis,
        label: { formatter: mark.name, color: palette.ink, position: 'end' },
      })),
    },
  }
}

/** `1 forge hub (second 120); 2 pause hub (second 300)` */
export function momentsText(moments: readonly Moment[]): string {
  return moments
    .map(({ what, atSeconds }, place) => `${place + 1} ${what} (second ${Math.round(atSeconds)})`)
    .join('; ')
}
