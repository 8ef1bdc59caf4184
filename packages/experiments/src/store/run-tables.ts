// The tables of one run: what became of its orders and who bid on them, its events, its measures over time, balances,
// and every number of its summary. docs/results-store.md describes them, from these shapes.
import type { RunReport } from '@solvent/nodes'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import type { RunSummary } from '../run/run-summary.ts'
import type { SeriesPoint } from '../run/time-series.ts'
import { flatSummary } from './flat-summary.ts'
import { type LoggedEvent, loggedEvents } from './logged-events.ts'
import { type Names, namesOf, nodeRows } from './network-rows.ts'
import { orderTimes } from './order-times.ts'
import { RUN_SHAPES } from './run-shapes.ts'
import type { Cell, Table } from './table.ts'

/** What the tables are made from. */
export interface TabledRun {
  readonly plan: NetworkPlan
  readonly summary: RunSummary
  readonly report: RunReport
  /** JSON lines. */
  readonly events: string
  readonly series: readonly SeriesPoint[]
}

/** All tables of a run. */
export function runTables({ plan, summary, report, events, series }: TabledRun): Table[] {
  const { genesisMs } = plan.spec
  const names = namesOf(plan)
  const log = [...loggedEvents(events)]
  const table = (name: keyof typeof RUN_SHAPES, rows: Iterable<readonly Cell[]>): Table => ({
    ...RUN_SHAPES[name],
    rows,
  })
  return [
    table('orders', orderRows(report, log, genesisMs, names)),
    table('bids', bidRows(log, genesisMs, names)),
    table('declines', declineRows(log, genesisMs)),
    table('events', eventRows(log, genesisMs)),
    table(
      'series',
      series.map(({ atMs, measure, subject, value, exact }) => [atMs, measure, subject, value, exact]),
    ),
    table('solvers', solverRows(report)),
    table(
      'nodes',
      nodeRows(plan).map(({ node, role, chain, bridge }) => [node, role, chain, bridge]),
    ),
    table('chains', chainRows(plan, report)),
    table(
      'balances',
      report.balances.map(({ chainId, kind, owner, token, amount, gasPaid }) => [
        names.chain(chainId),
        kind,
        owner,
        names.asset(chainId, token),
        amount,
        gasPaid,
      ]),
    ),
    table(
      'faults',
      summary.faults.map(({ label, kind, atSeconds, ...settings }) => [
        label,
        kind,
        Math.round(atSeconds * 1_000),
        JSON.stringify(settings),
      ]),
    ),
    table(
      'falls',
      summary.cascade.map(({ id, kind, atSeconds, round, shortfall, loss, because }) => [
        id,
        kind,
        Math.round(atSeconds * 1_000),
        round,
        shortfall,
        loss,
        JSON.stringify(because),
      ]),
    ),
    table(
      'invariants',
      Object.entries(summary.invariants.checked).map(([id, checked]) => [
        id,
        checked,
        summary.invariants.broken.filter((breach) => breach.id === id).length,
      ]),
    ),
    table(
      'expectations',
      summary.expectations.map(({ name, ok, got, want }) => [name, ok, textOf(got), textOf(want)]),
    ),
    table('metrics', flatSummary(summary)),
  ]
}

function orderRows(
  report: RunReport,
  log: readonly LoggedEvent[],
  genesisMs: number,
  names: Names,
): Cell[][] {
  const times = orderTimes(log, genesisMs)
  return report.orders.map((order) => {
    const at = times(order.orderId)
    return [
      order.label,
      order.orderId,
      order.user,
      order.end,
      names.chain(order.originChainId),
      names.asset(order.originChainId, order.inputToken),
      order.inputAmount,
      names.chain(order.outputChainId),
      names.asset(order.outputChainId, order.outputToken),
      order.minAmount,
      order.outputAmount,
      names.bridge(order.prover),
      order.winnerNode,
      order.filler,
      order.bids,
      order.receivable,
      order.stolen,
      at.signed,
      at.deadline,
      at.awarded,
      at.held,
      at.attested,
      at.proven,
      at.claimed,
    ]
  })
}

function* bidRows(log: readonly LoggedEvent[], genesisMs: number, names: Names): Generator<Cell[]> {
  for (const { atMs, kind, payload } of log) {
    if (kind !== 'auction-closed') continue
    const { orderId, bids, winner } = payload.award as {
      orderId: string
      winner: string
      bids: readonly { solver: string; outputAmount: string }[]
    }
    for (const [place, { solver, outputAmount }] of bids.entries())
      yield [
        orderId,
        names.solver(solver),
        BigInt(outputAmount),
        place + 1,
        solver === winner,
        atMs - genesisMs,
      ]
  }
}

function* declineRows(log: readonly LoggedEvent[], genesisMs: number): Generator<Cell[]> {
  for (const { atMs, node, kind, orderId, payload } of log)
    if (kind === 'bid-declined') yield [orderId, node, String(payload.reason), atMs - genesisMs]
}

function* eventRows(log: readonly LoggedEvent[], genesisMs: number): Generator<Cell[]> {
  for (const [seq, { atMs, node, kind, orderId, payload }] of log.entries())
    yield [seq, atMs - genesisMs, node, kind, orderId, JSON.stringify(payload)]
}

function solverRows({ solvers }: RunReport): Cell[][] {
  return solvers.map((solver) => [
    solver.node,
    solver.initialEquityE8,
    solver.equityE8,
    solver.profitE8,
    solver.receivablesE8,
    solver.inTransitE8,
    solver.borrowedE8,
    solver.receivables.stranded.valueE8,
    solver.awards,
    solver.fills,
    solver.insolvent,
  ])
}

function chainRows({ spec }: NetworkPlan, { chains }: RunReport): Cell[][] {
  return chains.map((chain) => {
    const { slotMs, consensus } = spec.chains.find(({ chainId }) => chainId === chain.chainId)!
    const { name, head, safe, finalized, blocks, transactions, orphaned, gasUsed } = chain
    return [name, consensus.kind, slotMs, head, safe, finalized, blocks, transactions, orphaned, gasUsed]
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
