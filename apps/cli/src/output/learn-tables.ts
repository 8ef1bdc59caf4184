// What learners came to, as tables.
import type { Figure, LearnReport, StudySummary } from '@solvent/experiments'
import { figureRows, percent } from './figure-rows.ts'
import { table } from './table.ts'
import { tenderFigures, tenderTables } from './tender-tables.ts'

export function learnTables(report: LearnReport): string {
  const { summary } = report
  const head = `${report.name}, seed ${report.seed}: ${summary.converged} of ${summary.sessions} sessions converged`
  const parts = [head, figuresTable(summary), details(summary)]
  const { expectations = [] } = report
  if (expectations.length > 0)
    parts.push(
      table(
        ['expectation', 'got', 'want', ''],
        expectations.map(({ name, got, want, ok }) => [name, String(got), want, ok ? 'ok' : 'FAILED']),
      ),
    )
  return parts.join('\n\n')
}

function figuresTable(summary: StudySummary): string {
  if (summary.kind === 'tenders') return figureRows(tenderFigures(summary))
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
  return figureRows(rows)
}

function details(summary: StudySummary): string {
  if (summary.kind === 'tenders') return tenderTables(summary)
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
