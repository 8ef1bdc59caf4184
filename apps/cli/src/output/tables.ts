// Tables of a run for people.
import type { RunSummary } from '@solvent/experiments'
import Table from 'cli-table3'
import { bold, green, red } from './streams.ts'

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** A plain table: bold head, two spaces between columns, numbers on the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const aligned = head.map(
    (_, column) =>
      (rows.every((row) => /^[-+]?[\d,.]+( ?%)?$|^-?$/.test(row[column] ?? '')) ? 'right' : 'left') as
        | 'left'
        | 'right',
  )
  const printed = new Table({
    head: head.map(bold),
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: aligned,
  })
  for (const row of rows) printed.push([...row])
  return printed.toString()
}

/** Several runs of one scenario side by side. */
export function summaryTables(
  runs: readonly { readonly title: string; readonly summary: RunSummary }[],
): string {
  const first = runs[0]!.summary
  const titles = runs.map(({ title }) => title)
  const states = Object.keys(first.orders) as (keyof RunSummary['orders'])[]
  return [
    bold('Orders'),
    table(
      ['reached', ...titles],
      states.map((state) => [state, ...runs.map(({ summary }) => String(summary.orders[state]))]),
    ),
    '',
    bold('Solvers'),
    table(
      ['solver', ...titles.flatMap((title) => [`profit ${title}`, `equity ${title}`]), 'solvent'],
      first.solvers.map(({ id }, index) => [
        id,
        ...runs.flatMap(({ summary }) => [
          money(summary.solvers[index]!.profit),
          money(summary.solvers[index]!.equity),
        ]),
        runs.some(({ summary }) => summary.solvers[index]!.insolvent) ? red('insolvent') : green('solvent'),
      ]),
    ),
    '',
    bold('Bridges'),
    table(
      [
        'bridge',
        'asset',
        ...titles.map((title) => `backing ${title}`),
        'haircut, all holders',
        'haircut, far holders',
      ],
      first.bridges.map((bridge, index) => [
        bridge.id,
        bridge.asset,
        ...runs.map(({ summary }) => percent(summary.bridges[index]!.backingRatio)),
        percent(bridge.haircutAllHolders),
        percent(bridge.haircutFarHolders),
      ]),
    ),
    '',
    bold('Invariants'),
    ...runs.map(({ title, summary }) => `${title}: ${invariantLine(summary)}`),
    ...(first.expectations.length === 0 ? [] : ['', bold('Expectations'), expectationTable(runs)]),
  ].join('\n')
}

function invariantLine({ invariants }: RunSummary): string {
  const evaluations = Object.values(invariants.checked).reduce((sum, count) => sum + count, 0)
  const held = `${Object.keys(invariants.checked).length} invariants, ${evaluations.toLocaleString('en-US')} evaluations`
  return invariants.broken.length === 0
    ? `${held}, ${green('none broken')}`
    : `${held}, ${red(`${invariants.broken.length} broken`)}`
}

function expectationTable(runs: readonly { readonly title: string; readonly summary: RunSummary }[]): string {
  return table(
    ['expected', 'want', ...runs.map(({ title }) => title)],
    runs[0]!.summary.expectations.map(({ name, want }, index) => [
      name,
      want,
      ...runs.map(({ summary }) => {
        const { ok, got } = summary.expectations[index]!
        return ok ? green(`ok (${got})`) : red(`failed (${got})`)
      }),
    ]),
  )
}

/** Numeraire with thousands and two decimals. */
export function money(decimal: string): string {
  const [whole = '0', fraction = ''] = decimal.replace(/^-/, '').split('.')
  const cents = `${fraction}00`.slice(0, 2)
  const sign = decimal.startsWith('-') ? '-' : ''
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** A ratio in percent with two decimals. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(2)} %`
}
