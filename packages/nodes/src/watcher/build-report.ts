// The report of a run so far, from what a watcher has gathered. Values in the numeraire times 10^8; what holdings are
// worth is after the haircut of the loss rule, what orders moved is at the price alone.
import type { AccountBalance, Auditor, AuditReport } from '@solvent/audit'
import { type Address, type ChainId, msToSeconds, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Genesis,
  type NetworkSpec,
  type Party,
  type PriceBook,
  type ReceivableState,
  receivableStates,
} from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import { bridgeOutcomes } from './bridge-outcome.ts'
import type { GasBook } from './gas-book.ts'
import { Marks } from './marks.ts'
import { countOrders, type OutcomeContext, orderOutcome } from './order-outcome.ts'
import type { OrderFacts, OutcomeBook } from './outcome-book.ts'
import type {
  BalanceLine,
  ChainProgress,
  InvariantOutcome,
  LossRule,
  OrderOutcome,
  ReceivableSum,
  RunReport,
  SolverOutcome,
  UserWelfare,
} from './run-report.ts'

/** What a watcher was told about the run before it began. */
export interface ReportPlan {
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
  readonly users: readonly Party[]
  readonly lossRule: LossRule
  readonly debts: readonly { readonly solver: Address; readonly valueE8: bigint }[]
}

/** What it has gathered. */
export interface Gathered {
  readonly auditor: Auditor
  readonly book: OutcomeBook
  readonly gas: GasBook
  readonly view: ChainView
  /** Blocks that were not empty, and transactions, by chain. */
  readonly progress: ReadonlyMap<ChainId, { readonly blocks: number; readonly transactions: number }>
}

/** One order with its outcome. */
interface Judged {
  readonly facts: OrderFacts
  readonly outcome: OrderOutcome
}

/** Kinds that are out of circulation, or stand for what circulates elsewhere. */
const NOT_CIRCULATING: ReadonlySet<string> = new Set(['SUPPLY', 'BRIDGE_LOCK', 'BURN', 'LOSS', 'ROUNDING'])

export function buildReport(plan: ReportPlan, gathered: Gathered, atMs: number): RunReport {
  const { spec, prices, lossRule, users } = plan
  const { auditor } = gathered
  const now = msToSeconds(atMs)
  const balances = auditor.balances()
  const circulating = (chainId: ChainId, token: Address): bigint => circulatingOf(balances, chainId, token)
  const backing = auditor.backing()
  const marks = new Marks({ spec, prices, rule: lossRule, backing, circulating })
  const judged = judgeOrders(plan, gathered, now)
  const outcomes = judged.map(({ outcome }) => outcome)
  const solvers = spec.solvers.map((solver) =>
    solverOutcome(plan, gathered, { solver, judged, balances, marks }),
  )
  const pausedAnywhere = (bridge: Address): boolean =>
    spec.chains.some(({ chainId }) => auditor.pausedBy(chainId, bridge, now) !== null)
  return {
    networkId: spec.networkId,
    signatures: spec.signatures,
    atMs,
    lossRule,
    chains: spec.chains.map(({ chainId, name }) => chainProgress(gathered, chainId, name)),
    orders: outcomes,
    counts: countOrders(
      judged.map(({ facts }) => facts),
      outcomes,
      now,
    ),
    solvers,
    bridges: bridgeOutcomes(spec, backing, {
      circulating,
      isPaused: pausedAnywhere,
      receivables: (bridge) =>
        receivableSums(
          judged.filter(({ facts }) => facts.order.prover === bridge),
          marks,
        ),
    }),
    welfare: userWelfare(judged, users, balances, marks),
    balances: balances.map((line) => withGas(line, gathered.gas)),
    invariants: invariantOutcome(auditor.finish(atMs)),
  }
}

function judgeOrders({ spec, users }: ReportPlan, { auditor, book }: Gathered, now: number): Judged[] {
  const context: OutcomeContext = {
    spec,
    users,
    now,
    attesterCount: ({ proof }) => (proof === null ? 0 : book.attesterCount(proof)),
    isProverPaused: ({ order }) => auditor.pausedBy(order.originChainId, order.prover, now) !== null,
  }
  return [...book.orders.values()]
    .map((facts) => ({ facts, outcome: orderOutcome(facts, context) }))
    .sort((a, b) => compareText(a.outcome.label, b.outcome.label) || compareText(a.facts.id, b.facts.id))
}

/** equity = holdings + good receivables + own transfers under way - debts; profit = equity less that of genesis. */
function solverOutcome(
  { genesis, debts }: ReportPlan,
  { auditor, book }: Gathered,
  {
    solver,
    judged,
    balances,
    marks,
  }: { solver: Party; judged: readonly Judged[]; balances: readonly AccountBalance[]; marks: Marks },
): SolverOutcome {
  const { node, address } = solver
  const mine = judged.filter(({ facts }) => facts.fill?.payee === address)
  const receivables = receivableSums(mine, marks)
  const receivablesE8 = receivables.held.valueE8 + receivables.attested.valueE8 + receivables.proven.valueE8
  const inTransitE8 = sum(
    [...book.transfers.values()].filter(({ recipient }) => recipient === address),
    ({ chainId, token, amount }) => marks.valueE8(chainId, token, amount),
  )
  const borrowedE8 = sum(
    debts.filter((debt) => debt.solver === address),
    ({ valueE8 }) => valueE8,
  )
  const holdingsE8 = sum(
    balances.filter((line) => isHeldBy(line, address)),
    ({ chainId, token, amount }) => marks.valueE8(chainId, token, amount),
  )
  auditor.shown({ owner: address, valueE8: holdingsE8, marks: marks.all() })
  const initial = genesis.flatMap(({ chainId, balances: lines }) =>
    lines.map((line) => ({ ...line, chainId })),
  )
  const initialE8 = sum(
    initial.filter((line) => isHeldBy(line, address)),
    ({ chainId, token, amount }) => marks.faceValueE8(chainId, token, amount),
  )
  const initialEquityE8 = initialE8 - borrowedE8
  const equityE8 = holdingsE8 + receivablesE8 + inTransitE8 - borrowedE8
  return {
    node,
    address,
    initialEquityE8,
    equityE8,
    profitE8: equityE8 - initialEquityE8,
    receivablesE8,
    inTransitE8,
    borrowedE8,
    insolvent: equityE8 < 0n,
    awards: judged.filter(({ outcome }) => outcome.winner === address).length,
    fills: judged.filter(({ outcome }) => outcome.filler === address).length,
    receivables,
  }
}

/** Receivables by state, at the value of the escrows behind them. */
function receivableSums(judged: readonly Judged[], marks: Marks): Record<ReceivableState, ReceivableSum> {
  const sums: Partial<Record<ReceivableState, ReceivableSum>> = {}
  for (const state of receivableStates) {
    const members = judged.filter(({ outcome }) => outcome.receivable === state)
    const valueE8 = sum(members, ({ outcome }) =>
      marks.valueE8(outcome.originChainId, outcome.inputToken, outcome.inputAmount),
    )
    sums[state] = { count: members.length, valueE8 }
  }
  return sums as Record<ReceivableState, ReceivableSum>
}

function userWelfare(
  judged: readonly Judged[],
  users: readonly Party[],
  balances: readonly AccountBalance[],
  marks: Marks,
): UserWelfare {
  const filled = judged.filter(({ outcome }) => outcome.filled)
  const outputE8 = sum(filled, ({ outcome }) =>
    marks.faceValueE8(outcome.outputChainId, outcome.outputToken, outcome.outputAmount ?? 0n),
  )
  const paid = filled.filter(({ outcome }) => outcome.opened && !outcome.refunded)
  const inputE8 = sum(paid, ({ outcome }) =>
    marks.faceValueE8(outcome.originChainId, outcome.inputToken, outcome.inputAmount),
  )
  const held = balances.filter((line) => users.some(({ address }) => isHeldBy(line, address)))
  const haircutE8 = sum(
    held,
    ({ chainId, token, amount }) =>
      marks.faceValueE8(chainId, token, amount) - marks.valueE8(chainId, token, amount),
  )
  return { outputE8, inputE8, haircutE8, welfareE8: outputE8 - inputE8 - haircutE8 }
}

function chainProgress({ view, progress }: Gathered, chainId: ChainId, name: string): ChainProgress {
  return {
    chainId,
    name,
    head: view.head(chainId)?.header.number ?? 0,
    safe: view.safe(chainId),
    finalized: view.finalized(chainId),
    blocks: progress.get(chainId)?.blocks ?? 0,
    transactions: progress.get(chainId)?.transactions ?? 0,
  }
}

function withGas(line: AccountBalance, gas: GasBook): BalanceLine {
  return { ...line, gasPaid: isGasToken(line) && isHolder(line) ? gas.paid(line.chainId, line.owner) : 0n }
}

function invariantOutcome(report: AuditReport): InvariantOutcome {
  return {
    checked: [...report.checked].map(([id, count]) => ({ id, count })),
    broken: report.broken.map(({ id, statement, atMs, chainId, detail }) => ({
      id,
      statement,
      atMs,
      chainId,
      detail,
    })),
  }
}

function circulatingOf(balances: readonly AccountBalance[], chainId: ChainId, token: Address): bigint {
  return sum(
    balances.filter(
      (line) => line.chainId === chainId && line.token === token && !NOT_CIRCULATING.has(line.kind),
    ),
    ({ amount }) => amount,
  )
}

function isHeldBy(
  { kind, owner }: { readonly kind: string; readonly owner: string },
  address: Address,
): boolean {
  return owner === address && (kind === 'USER' || kind === 'SOLVER')
}

function isHolder({ kind }: AccountBalance): boolean {
  return kind !== 'GAS_FEE' && kind !== 'BRIDGE_LOCK' && kind !== 'ESCROW'
}

function isGasToken({ token }: AccountBalance): boolean {
  return token === ZERO_ADDRESS
}

function sum<T>(items: readonly T[], value: (item: T) => bigint): bigint {
  let total = 0n
  for (const item of items) total += value(item)
  return total
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
