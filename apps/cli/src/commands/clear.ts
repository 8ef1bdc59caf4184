// `solvent clear`: who pays what in a network of debts that a person gave.
import { type ClearingReport, clearNetwork } from '@solvent/experiments'
import { EXIT } from '../exit-code.ts'
import { readNetwork } from '../input.ts'
import { note, result, resultJson } from '../output/streams.ts'
import { number, percent, table } from '../output/table.ts'

export interface ClearOptions {
  readonly alpha: number
  readonly beta: number
  readonly nodes?: string | undefined
  readonly call?: readonly string[] | undefined
  readonly json?: boolean | undefined
}

/** Rows of a table; all are in `--json`. */
const MOST_ROWS = 40

export async function clear(file: string, options: ClearOptions): Promise<number> {
  const source = await readNetwork(file, options.nodes)
  const report = clearNetwork(source, { alpha: options.alpha, beta: options.beta }, options.call ?? [])
  if (options.json === true) resultJson(report)
  else print(report)
  return EXIT.ok
}

function print(report: ClearingReport): void {
  const { ids, totals, certificate } = report
  const shortfall = (node: number) => report.totalNominal[node]! - report.clearingVector[node]!
  const worst = ids.map((_, node) => node).sort((a, b) => shortfall(b) - shortfall(a) || a - b)
  result(
    table(
      ['node', 'owes', 'pays', 'recovery', 'equity', 'default in round'],
      worst
        .slice(0, MOST_ROWS)
        .map((node) => [
          ids[node]!,
          number(report.totalNominal[node]!),
          number(report.clearingVector[node]!),
          recovery(report.recoveryRate[node]!),
          number(report.equity[node]!),
          report.defaultRound[node] === 0 ? '' : String(report.defaultRound[node]),
        ]),
    ),
  )
  if (ids.length > MOST_ROWS) note(`${ids.length - MOST_ROWS} more nodes; --json has all`)
  for (const [rank, { nominal, paid }] of (report.byClass ?? []).entries())
    result(`rank ${rank}: ${number(sum(paid))} paid of ${number(sum(nominal))}`)
  for (const { guarantor, beneficiary, amount } of report.called ?? [])
    result(`${guarantor} was asked for ${number(amount)} by what ${beneficiary} could not pay`)
  result(
    [
      '',
      `${report.defaulted.length} of ${ids.length} in default, ${report.fictitiousDefaultRounds} rounds`,
      `shortfall ${number(totals.shortfall)} · bankruptcy costs ${number(totals.bankruptcyCosts)}`,
      `outside assets ${number(totals.externalAssets)} = equity ${number(totals.equity)} + outside creditors ${number(totals.externalPaid)} + bankruptcy costs`,
      `residual ${certificate.residual.toExponential(1)} · conservation ${certificate.conservation.toExponential(1)}`,
    ].join('\n'),
  )
}

const recovery = (rate: number | null) => (rate === null ? '-' : percent(rate))
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
