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

/** One run, or several of one scenario side by side; what one run does not have is a dash. */
export function runTables(titled: readonly TitledRun[]): string {
  const invariants = titled.map(({ title, run }) => `${title}: ${invariantLine(run.summary)}`)
  const expectations = expectationTable(titled)
  return [
    section('Orders', orderTable(titled)),
    section('Users', welfareTable(titled)),
    section('Solvers', solverTable(titled)),
    section('Receivables by bridge', receivableTable(titled)),
    section('Backing', backingTable(titled)),
    ...titled.flatMap(({ title, run }) =>
      run.summary.cascade.length === 0 ? [] : [section(`Falls, ${title}`, cascadeTable(run.summary))],
    ),
    section('Invariants', invariants.join('\n')),
    ...(expectations === null ? [] : [section('Expectations', expectations)]),
  ].join('\n\n')
}

function section(title: string, body: string): string {
  return `${bold(title)}\n${body}`
}

const ABSENT = '–'

/** Names that any of the runs has, in order of first mention. */
function names(titled: readonly TitledRun[], of: (run: ScenarioRun) => readonly string[]): string[] {
  return [...new Set(titled.flatMap(({ run }) => of(run)))]
}

/** In the order of an order's life: a report that came over the wire has its own. */
const ORDER_COUNTS = [
  ...(['signed', 'opened', 'filled', 'settled', 'refunded', 'stolen', 'stranded'] as const),
  ...(['expired', 'cancelled', 'rejected', 'pending'] as const),
] satisfies readonly (keyof RunSummary['orders'])[]

function orderTable(titled: readonly TitledRun[]): string {
  return table(
    ['reached', ...titled.map(({ title }) => title)],
    ORDER_COUNTS.map((state) => [state, ...titled.map(({ run }) => String(run.summary.orders[state]))]),
  )
}

function solverTable(titled: readonly TitledRun[]): string {
  const solverOf = ({ run }: TitledRun, id: string) => run.summary.solvers.find((solver) => solver.id === id)
  const ids = names(titled, ({ summary }) => summary.solvers.map(({ id }) => id))
  return table(
    ['solver', ...titled.flatMap(({ title }) => [`profit ${title}`, `equity ${title}`, `solvent ${title}`])],
    ids.map((id) => [
      id,
      ...titled.flatMap((run) => {
        const solver = solverOf(run, id)
        if (solver === undefined) return [ABSENT, ABSENT, ABSENT]
        return [
          money(solver.profit),
          money(solver.equity),
          solver.insolvent ? red('insolvent') : green('solvent'),
        ]
      }),
    ]),
  )
}

/** Falls of a table; all are in the summary. */
const MOST_FALLS = 20

/** Who could not pay any more, in which round and because of whom. */
function cascadeTable({ cascade }: RunSummary): string {
  const rows = cascade
    .slice(0, MOST_FALLS)
    .map(({ id, round, atSeconds, loss, because: [first] }) => [
      String(round),
      id,
      String(atSeconds),
      money(loss),
      first?.id ?? ABSENT,
    ])
  return table(['round', 'who', 'seen at, s', 'lost', 'mostly because of'], rows)
}

/** Backing, and the haircut that either loss rule would give. */
function backingTable(titled: readonly TitledRun[]): string {
  const bridgeOf = ({ run }: TitledRun, key: string) =>
    run.report.bridges.find((bridge) => `${bridge.id}/${bridge.asset}` === key)
  const keys = names(titled, ({ report }) => report.bridges.map(({ id, asset }) => `${id}/${asset}`))
  return table(
    [
      'bridge/asset',
      ...titled.flatMap(({ title }) => [`backing ${title}`, 'haircut, all holders', 'haircut, far holders']),
    ],
    keys.map((key) => [
      key,
      ...titled.flatMap((run) => {
        const bridge = bridgeOf(run, key)
        if (bridge === undefined) return [ABSENT, ABSENT, ABSENT]
        return [bridge.backingRatio, bridge.haircutAllHolders, bridge.haircutFarHolders].map(percent)
      }),
    ]),
  )
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
  const counts = Object.entries(invariants.checked)
  const evaluations = counts.reduce((sum, [, count]) => sum + count, 0)
  const idle = counts.filter(([, count]) => count === 0).map(([id]) => id)
  const held = `${counts.length - idle.length} evaluated, ${evaluations.toLocaleString('en-US')} times in all`
  const rest = idle.length === 0 ? '' : `; never: ${idle.join(', ')}`
  return invariants.broken.length === 0
    ? `${held}, ${green('none broken')}${rest}`
    : `${held}, ${red(`${invariants.broken.length} broken`)}${rest}`
}

/** Null when nothing is expected. */
function expectationTable(titled: readonly TitledRun[]): string | null {
  const all = names(titled, ({ summary }) => summary.expectations.map(({ name }) => name))
  if (all.length === 0) return null
  const outcomeOf = ({ run }: TitledRun, name: string) =>
    run.summary.expectations.find((outcome) => outcome.name === name)
  return table(
    ['expected', 'want', ...titled.map(({ title }) => title)],
    all.map((name) => {
      const outcomes = titled.map((run) => outcomeOf(run, name))
      return [
        name,
        outcomes.find((outcome) => outcome !== undefined)?.want ?? '',
        ...outcomes.map((outcome) =>
          outcome === undefined
            ? ABSENT
            : outcome.ok
              ? green(`ok (${outcome.got})`)
              : red(`failed (${outcome.got})`),
        ),
      ]
    }),
  )
}
