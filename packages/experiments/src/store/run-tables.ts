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
import { type Cell, shape, type Table } from './table.ts'

/** What the tables are made from. */
export interface TabledRun {
  readonly plan: NetworkPlan
  readonly summary: RunSummary
  readonly report: RunReport
  /** JSON lines. */
  readonly events: string
  readonly series: readonly SeriesPoint[]
}

export const RUN_SHAPES = {
  orders: shape(
    'orders',
    'One row an order. Times are virtual milliseconds since the start; null: it never came so far.',
    [
      ['label', 'VARCHAR', 'user node / nonce'],
      ['order_id', 'VARCHAR', 'EIP-712 digest'],
      ['user', 'VARCHAR', 'address'],
      ['end', 'VARCHAR', 'settled, refunded, cancelled, expired, rejected or pending'],
      ['origin_chain', 'VARCHAR', 'where the escrow is'],
      ['input_asset', 'VARCHAR', 'what the user gives'],
      ['input_amount', 'AMOUNT', 'base units'],
      ['destination_chain', 'VARCHAR', 'where it is filled'],
      ['output_asset', 'VARCHAR', 'what the user gets'],
      ['least_output', 'AMOUNT', 'the least that the user takes, base units'],
      ['output_amount', 'AMOUNT', 'what the user got, base units'],
      ['bridge', 'VARCHAR', 'who proves the fill'],
      ['winner', 'VARCHAR', 'solver node of the award'],
      ['filler', 'VARCHAR', 'address that delivered'],
      ['bids', 'BIGINT', 'bids that the award reveals'],
      ['receivable', 'VARCHAR', "the filler's claim: held, attested, proven, claimed, stranded or sold"],
      ['is_stolen', 'BOOLEAN', 'its escrow paid somebody who did not fill it'],
      ['signed_ms', 'BIGINT', 'the user signed'],
      ['awarded_ms', 'BIGINT', 'the auction closed'],
      ['filled_ms', 'BIGINT', "the filler's receivable began"],
      ['attested_ms', 'BIGINT', 'the fill was attested'],
      ['proven_ms', 'BIGINT', 'the fill was proven on the origin chain'],
      ['claimed_ms', 'BIGINT', 'the escrow was paid out to the filler'],
    ],
  ),
  bids: shape('bids', 'One row a bid that an award reveals, in the order of the awards.', [
    ['order_id', 'VARCHAR', ''],
    ['solver', 'VARCHAR', 'node'],
    ['output_amount', 'AMOUNT', 'offered to the user, base units'],
    ['rank', 'BIGINT', '1 is the first in the award'],
    ['is_winner', 'BOOLEAN', ''],
    ['awarded_ms', 'BIGINT', 'virtual ms since the start'],
  ]),
  declines: shape('declines', 'One row an order that a solver chose not to bid on.', [
    ['order_id', 'VARCHAR', ''],
    ['solver', 'VARCHAR', 'node'],
    ['reason', 'VARCHAR', 'e.g. no-inventory'],
    ['at_ms', 'BIGINT', 'virtual ms since the start'],
  ]),
  events: shape('events', 'Domain events in the order in which they happened.', [
    ['seq', 'BIGINT', 'place in the log, from 0'],
    ['at_ms', 'BIGINT', 'virtual ms since the start'],
    ['node', 'VARCHAR', 'who recorded it'],
    ['kind', 'VARCHAR', ''],
    ['order_id', 'VARCHAR', 'null when it concerns none'],
    ['payload', 'VARCHAR', 'the rest as JSON; amounts are decimal text'],
  ]),
  series: shape('series', 'What the watcher had measured at equal distances of time (simulator only).', [
    ['at_ms', 'BIGINT', 'virtual ms since the start'],
    ['measure', 'VARCHAR', 'e.g. bridge.backing'],
    ['subject', 'VARCHAR', 'chain, bridge/asset, solver, market, oracle or pool'],
    ['value', 'DOUBLE', 'approximate where the exact number is an amount'],
    ['exact', 'VARCHAR', 'amounts in base units, values in the numeraire; null for ratios and counts'],
  ]),
  solvers: shape('solvers', 'Balance sheets at the end, in the numeraire.', [
    ['solver', 'VARCHAR', 'node'],
    ['initial_equity', 'VALUE', ''],
    ['equity', 'VALUE', 'holdings + good receivables + in transit − debts'],
    ['profit', 'VALUE', ''],
    ['receivables', 'VALUE', 'of the equity: held, attested and proven'],
    ['in_transit', 'VALUE', 'of the equity: own transfers under way'],
    ['borrowed', 'VALUE', 'taken from the equity'],
    ['stranded', 'VALUE', 'receivables that nobody will prove; not in the equity'],
    ['awards', 'BIGINT', ''],
    ['fills', 'BIGINT', ''],
    ['is_insolvent', 'BOOLEAN', 'equity below zero'],
  ]),
  nodes: shape('nodes', 'One row a node.', [
    ['node', 'VARCHAR', ''],
    ['role', 'VARCHAR', 'sequencer, solver, bridge, user, …'],
    [
      'chain',
      'VARCHAR',
      'of a sequencer the first chain that it produces, of a bridge node the home of its first route; null of others',
    ],
    ['bridge', 'VARCHAR', 'of a bridge node'],
  ]),
  chains: shape('chains', 'One row a chain, as it stood at the end.', [
    ['chain', 'VARCHAR', ''],
    ['kind', 'VARCHAR', 'l1, optimistic or zk'],
    ['slot_ms', 'BIGINT', 'block numbers count slots of this length'],
    ['head', 'BIGINT', 'block number'],
    ['safe', 'BIGINT', 'block number'],
    ['finalized', 'BIGINT', 'block number'],
    ['blocks', 'BIGINT', 'of the followed branch'],
    ['transactions', 'BIGINT', ''],
    ['orphaned', 'BIGINT', 'blocks that were followed and are no longer'],
    ['gas_used', 'BIGINT', "of this network's transactions"],
  ]),
  balances: shape('balances', 'Every balance that is not zero at the end.', [
    ['chain', 'VARCHAR', ''],
    ['account', 'VARCHAR', 'kind of account'],
    ['owner', 'VARCHAR', 'address or name'],
    ['asset', 'VARCHAR', ''],
    ['amount', 'AMOUNT', 'base units'],
    ['gas_paid', 'AMOUNT', 'base units of the gas token'],
  ]),
  faults: shape('faults', 'What was injected, with nothing left to draw.', [
    ['label', 'VARCHAR', ''],
    ['kind', 'VARCHAR', ''],
    ['at_ms', 'BIGINT', 'virtual ms since the start'],
    ['settings', 'VARCHAR', 'JSON'],
  ]),
  falls: shape('falls', 'Who could not pay any more, in the order of their fall (simulator only).', [
    ['id', 'VARCHAR', ''],
    ['kind', 'VARCHAR', ''],
    ['at_ms', 'BIGINT', 'virtual ms since the start'],
    ['round', 'BIGINT', ''],
    ['shortfall', 'VARCHAR', 'decimal text in the numeraire'],
    ['loss', 'VARCHAR', 'decimal text in the numeraire'],
    ['because', 'VARCHAR', 'JSON: of whom, and how much'],
  ]),
  invariants: shape('invariants', 'What the audit checked.', [
    ['id', 'VARCHAR', ''],
    ['checked', 'BIGINT', 'evaluations'],
    ['broken', 'BIGINT', 'breaches'],
  ]),
  expectations: shape('expectations', 'What the scenario expected.', [
    ['name', 'VARCHAR', ''],
    ['ok', 'BOOLEAN', ''],
    ['got', 'VARCHAR', ''],
    ['want', 'VARCHAR', ''],
  ]),
  metrics: shape(
    'metrics',
    'Every number, text and truth value of the summary, by its path as expectations write it.',
    [
      ['path', 'VARCHAR', 'e.g. bridges[kelp-oft/rsETH].deficit'],
      ['value', 'DOUBLE', 'numbers, and decimal text as the nearest number; null for other text'],
      ['text', 'VARCHAR', 'as the summary has it'],
    ],
  ),
} as const

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
