// What learners came to, as tables.
import type { Figure, LearnReport, StudySummary } from '@solvent/experiments'
import { table } from './table.ts'

export function learnTables(report: LearnReport): string {
  const { summary } = report
  const head = `${report.name}, seed ${report.seed}: ${summary.converged} of ${summary.sessions} sessions converged`
  return `${head}\n\n${figuresTable(summary)}\n\n${details(summary)}`
}

function figuresTable(summary: StudySummary): string {
  const rows: readonly (readonly [string, Figure, number])[] =
    summary.kind === 'pricing'
      ? [
          ['profit gain (0 Nash, 1 monopoly)', summary.profitGain, 3],
          ['price', summary.price, 3],
          ['periods until play stood still', summary.periods, 0],
        ]
      : [
          ['revenue', summary.revenue, 3],
          ['periods until bids stood still', summary.periods, 0],
        ]
  return table(
    ['', 'mean', '95 % interval', 'sd', '5 %', 'median', '95 %'],
    rows.map(([name, { mean, sd, interval, quantiles }, digits]) => [
      name,
      mean.toFixed(digits),
      interval === null ? '' : `${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)}`,
      sd === null ? '' : sd.toFixed(digits),
      quantiles.p5.toFixed(digits),
      quantiles.p50.toFixed(digits),
      quantiles.p95.toFixed(digits),
    ]),
  )
}

function details(summary: StudySummary): string {
  if (summary.kind === 'auction') {
    const shares = Object.entries(summary.revenues).map(([revenue, share]) => [revenue, percent(share)])
    return table(['revenue', 'share of sessions'], shares)
  }
  const { cycles, nashOnPath, response } = summary
  const shares = [
    `cycles of one price pair ${percent(cycles.one)}, of two ${percent(cycles.two)}, longer ${percent(cycles.longer)}`,
    `Nash equilibrium on the path: ${percent(nashOnPath)}`,
    `after one deviation: ${percent(response.shareUnprofitable)} unprofitable, back after ${response.punishmentLength.toFixed(1)} periods`,
  ].join('\n')
  const path = table(
    ['period', 'deviator', 'others'],
    response.deviator.map((price, period) => [
      String(period),
      price.toFixed(3),
      (response.rival[period] ?? Number.NaN).toFixed(3),
    ]),
  )
  return `${shares}\n\n${path}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
