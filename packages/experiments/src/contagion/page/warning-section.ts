// Early warning: detections over false alarms, and how much time they leave.

import { axis, chart, legend } from '../../page/chart.ts'
import { htmlTable, paragraph, section } from '../../page/html.ts'
import type { ContagionReport } from '../contagion-report.ts'

export function warningSection({ warning }: ContagionReport): string {
  const { any, signals, runs, everySeconds } = warning
  const moving = signals.filter(({ points }) =>
    points.some(({ detected, falseAlarms }) => detected + falseAlarms > 0),
  )
  const curves = [{ signal: 'any signal', ...any }, ...moving]
  return section(
    'Early warning',
    paragraph(
      `The watcher looks every ${everySeconds} s; a signal is unusual when its CUSUM passes a level. Detected: after the shock and before the first failure. False alarms: in runs without the shock. ${runs} runs of each.`,
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
  )
}

const share = (part: number): string => `${Math.round(part * 100)} %`
