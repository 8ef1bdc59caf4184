// What became of a run, as tables for people.
import type { RunSummary, ScenarioRun } from '@solvent/experiments'
import { formatUnits } from '@solvent/primitives'
import { bold, green, red } from './streams.ts'
import { money, percent, table } from './table.ts'

const E8_DECIMALS = 8

/** A finished run and what to call it in a table's head. */
export interface TitledRun {
  readonly title: string
  readonly run: ScenarioRun
}

/** One run, or several of one scenario side by side. */
export function runTables(titled: readonly TitledRun[]): string {
  const runs = titled.map(({ title, run }) => ({ title, summary: run.summary }))
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
    bold('Users'),
    welfareTable(titled),
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
    bold('Receivables by bridge'),
    receivableTable(titled),
    '',
    bold('Backing'),
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

/** What users received, gave and lost, in the scenario's numeraire. */
function welfareTable(titled: readonly TitledRun[]): string {
  const rows = [
    ['received by fills', 'outputE8'],
    ['given for them', 'inputE8'],
    ['haircut on what they hold', 'haircutE8'],
    ['welfare', 'welfareE8'],
  ] as const
  return table(
    ['users', ...titled.map(({ title }) => title)],
    rows.map(([label, key]) => [
      label,
      ...titled.map(({ run }) => money(formatUnits(run.report.welfare[key], E8_DECIMALS))),
    ]),
  )
}

/** Orders whose solver waits for, has, or will never have its money back, by the bridge that proves their fills. */
function receivableTable(titled: readonly TitledRun[]): string {
  const { bridges } = titled[0]!.run.plan.spec
  const waiting: ReadonlySet<string> = new Set(['held', 'attested', 'proven'])
  const count = ({ run }: TitledRun, bridge: string, is: (state: string) => boolean) =>
    String(
      run.report.orders.filter(
        ({ prover, receivable }) => prover === bridge && receivable !== null && is(receivable),
      ).length,
    )
  return table(
    [
      'bridge',
      ...titled.flatMap(({ title }) => [`repaid ${title}`, `waiting ${title}`, `stranded ${title}`]),
    ],
    bridges.map(({ name, address }) => [
      name,
      ...titled.flatMap((run) => [
        count(run, address, (state) => state === 'claimed'),
        count(run, address, (state) => waiting.has(state)),
        count(run, address, (state) => state === 'stranded'),
      ]),
    ]),
  )
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
