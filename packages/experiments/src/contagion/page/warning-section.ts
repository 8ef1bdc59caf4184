// Early warning: detections over false alarms, and how much time they leave.

import { axis, chart, legend } from '../../page/chart.ts'
import { htmlTable, paragraph, section } from '../../page/html.ts'
import type { ContagionReport } from '../contagion-report.ts'
import type { TunedWarning } from '../tuned-warning.ts'

export function warningSection({ warning }: ContagionReport): string {
  const { any, signals, runs, everySeconds, tuned } = warning
  const moving = signals.filter(({ points }) =>
    points.some(({ detected, falseAlarms }) => detected + falseAlarms > 0),
  )
  const curves = [{ signal: 'any signal', ...any }, ...moving]
  return section(
    'Early warning',
    paragraph(
      `The watcher looks every ${everySeconds} s; a signal is unusual when its CUSUM passes a level. Detected: after the shock and before the first failure. False alarms: in runs without the shock. Runs of each: ${runs}.`,
    ),
    chart('Detections over false alarms, by level', 360, (palette) => ({
      legend: legend(palette),
      grid: { left: 60, right: 30, top: 50, bottom: 50 },
      xAxis: {
        type: 'value',
        name: 'false alarms',
        nameLocation: 'middle',
        nameGap: 28,
        min: 0,
        max: 1,
        ...axis(palette),
      },
      yAxis: { type: 'value', name: 'detected', min: 0, max: 1, ...axis(palette) },
      series: curves.map(({ signal, points }) => ({
        type: 'line',
        name: signal,
        data: points.toReversed().map(({ detected, falseAlarms }) => [falseAlarms, detected]),
      })),
    })),
    htmlTable(
      'Any signal, by level',
      ['level', 'detected', 'false alarms', 'mean lead, s'],
      any.points.map(({ level, detected, falseAlarms, leadSeconds }) => [
        String(level),
        share(detected),
        share(falseAlarms),
        leadSeconds === null ? '–' : String(Math.round(leadSeconds)),
      ]),
    ),
    htmlTable(
      'Area under the curve',
      ['signal', 'area'],
      curves.map(({ signal, area }) => [signal, area.toFixed(3)]),
    ),
    ...(tuned === null ? [] : [tunedTable(tuned)]),
  )
}

/** Levels are set on half the seeds; what is told is of the others. */
function tunedTable({ levels, runs, detected, falseAlarms, leadSeconds }: TunedWarning): string {
  const lead =
    leadSeconds === null
      ? '–'
      : [leadSeconds.least, leadSeconds.median, leadSeconds.most].map(Math.round).join(' / ')
  return htmlTable(
    `A level for each signal, set on the other half of the seeds; judged on ${runs} runs of each`,
    ['levels', 'detected', 'false alarms', 'lead, s: least / median / most'],
    [
      [
        levels.map(({ signal, level }) => `${signal} ${level ?? 'off'}`).join(', '),
        share(detected),
        share(falseAlarms),
        lead,
      ],
    ],
  )
}

const share = (part: number): string => `${Math.round(part * 100)} %`
