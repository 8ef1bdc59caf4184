// Lines over the time of a run, one for each subject.
import { axis, type Drawing, legend, short } from '../page/chart.ts'
import type { Row } from './inquiry.ts'

const SECONDS_OF_MINUTES = 600
const SECONDS_OF_HOURS = 6 * 3_600
const SECONDS_OF_DAYS = 3 * 86_400

/** Rows of `at_ms`, `subject`, `value`. */
export function linesOver(
  rows: readonly Row[],
  { name = '', step = false, from }: LineOptions = {},
): Drawing {
  const subjects = [...new Set(rows.map(({ subject }) => String(subject)))]
  const longest = Math.max(0, ...rows.map(({ at_ms }) => Number(at_ms) / 1_000))
  const [unit, seconds] = timeUnit(longest)
  return (palette) => ({
    legend: legend(palette),
    grid: { left: 70, right: 30, top: 40, bottom: 50 },
    xAxis: {
      type: 'value',
      name: unit,
      nameLocation: 'middle',
      nameGap: 30,
      min: 0,
      max: 'dataMax',
      ...axis(palette),
    },
    yAxis: {
      type: 'value',
      name,
      ...(from === undefined ? { scale: true } : { min: from }),
      ...axis(palette),
      axisLabel: { color: palette.ink, formatter: short },
    },
    series: subjects.map((subject) => ({
      type: 'line',
      name: subject,
      showSymbol: false,
      ...(step ? { step: 'end' } : {}),
      data: rows
        .filter((row) => row.subject === subject)
        .map(({ at_ms, value }) => [Number(at_ms) / 1_000 / seconds, Number(value)]),
    })),
  })
}

export interface LineOptions {
  readonly name?: string
  /** Values hold until the next. */
  readonly step?: boolean
  /** Where the scale begins; at the least value when left out. */
  readonly from?: number
}

function timeUnit(seconds: number): readonly [name: string, seconds: number] {
  if (seconds < SECONDS_OF_MINUTES) return ['seconds', 1]
  if (seconds < SECONDS_OF_HOURS) return ['minutes', 60]
  return seconds < SECONDS_OF_DAYS ? ['hours', 3_600] : ['days', 86_400]
}
