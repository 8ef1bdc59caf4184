// The wave of failures over time: what has stranded with whom, and when the shock struck.

import { axis, chart, legend, short } from '../../page/chart.ts'
import { htmlTable, paragraph, section } from '../../page/html.ts'
import { numberText } from '../../page/text/number-text.ts'
import { markSeries, momentsText, timeMarks } from '../../page/time-marks.ts'
import type { ContagionReport } from '../contagion-report.ts'

export function waveSection({ wave, seeds, numeraire }: ContagionReport): string {
  if (wave.length === 0) return ''
  const stranded = wave.filter(({ kind }) => kind === 'stranded')
  const solvers = [...new Set(stranded.map(({ who }) => who))]
  const shocks = wave.filter(({ kind }) => kind === 'shock')
  const insolvencies = wave.filter(({ kind }) => kind === 'insolvent')
  const last = Math.max(...wave.map(({ atSeconds }) => atSeconds))
  const marks = timeMarks(shocks, last)
  const picture = chart('Stranded receivables over time, by solver', 360, (palette) => ({
    legend: legend(palette),
    grid: { left: 70, right: 30, top: 50, bottom: 50 },
    xAxis: { type: 'value', name: 's', min: 0, max: last, ...axis(palette) },
    yAxis: {
      type: 'value',
      name: numeraire,
      ...axis(palette),
      axisLabel: { color: palette.ink, formatter: short },
    },
    series: [
      ...solvers.map((solver) => ({
        type: 'line',
        name: solver,
        step: 'end',
        showSymbol: false,
        data: steps(
          stranded.filter(({ who }) => who === solver),
          last,
        ),
      })),
      markSeries('shock', marks, palette),
      {
        type: 'scatter',
        name: 'insolvent',
        symbol: 'diamond',
        symbolSize: 14,
        itemStyle: { color: palette.ink },
        data: insolvencies.map(({ atSeconds, who }) => [atSeconds, sumUntil(stranded, who, atSeconds)]),
      },
    ],
  }))
  return section(
    'The wave',
    picture,
    shocks.length === 0 ? '' : paragraph(`Dashed: ${momentsText(shocks)}.`),
    htmlTable(
      `What happened, seed ${seeds[0]}`,
      ['second', 'kind', 'who', 'what', `value, ${numeraire}`],
      wave.map(({ atSeconds, kind, who, what, value }) => [
        String(Math.round(atSeconds)),
        kind,
        who,
        what,
        Number(value) === 0 ? '' : numberText(value),
      ]),
    ),
  )
}

type Step = ContagionReport['wave'][number]

function steps(stranded: readonly Step[], last: number): [number, number][] {
  let sum = 0
  const points: [number, number][] = []
  for (const { atSeconds, value } of stranded) {
    sum += Number(value)
    points.push([atSeconds, sum])
  }
  return [[0, 0], ...points, [last, sum]]
}

function sumUntil(stranded: readonly Step[], solver: string, until: number): number {
  return stranded
    .filter(({ who, atSeconds }) => who === solver && atSeconds <= until)
    .reduce((sum, { value }) => sum + Number(value), 0)
}
