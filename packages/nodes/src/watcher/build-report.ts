// The report of a run so far, from what a watcher has gathered.
import type { Auditor, AuditReport } from '@solvent/audit'
import { type Address, type ChainId, msToSeconds } from '@solvent/primitives'
import type { Genesis, NetworkSpec, Party, PriceBook } from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import { actorOutcome } from './actor-outcome.ts'
import { circulatingOf, withGas } from './balance-sheet.ts'
import { bridgeOutcomes } from './bridge-outcome.ts'
import { competitionOutcome } from './competition-outcome.ts'
import type { EvidenceCounts } from './evidence-desk.ts'
import { layerFacts } from './layer-facts.ts'
import type { LossRule } from './loss-rule.ts'
import { Marks } from './marks.ts'
import { countOrders, type OutcomeContext, orderOutcome } from './order-outcome.ts'
import type { ChainProgress, InvariantOutcome, RunMeasures, RunReport } from './run-report.ts'
import { holdingsE8, type JudgedOrder, receivableSums, solverOutcome } from './solver-outcome.ts'
import { userWelfare } from './user-welfare.ts'
import type { WatcherBooks } from './watcher-books.ts'

/** What a watcher was told about the run before it began. */
export interface ReportPlan {
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
  readonly users: readonly Party[]
  readonly actors: readonly Party[]
  readonly lossRule: LossRule
  readonly debts: readonly { readonly solver: Address; readonly valueE8: bigint }[]
}

/** What it has gathered. */
export interface Gathered {
  readonly auditor: Auditor
  readonly books: WatcherBooks
  readonly view: ChainView
  readonly evidence: EvidenceCounts
}

/** The report as of `atMs` (Unix ms). The audit checks the solvers' holdings as they are shown (L-9). */
export function buildReport(plan: ReportPlan, gathered: Gathered, atMs: number): RunReport {
  const { auditor } = gathered
  const balances = auditor.balances()
  const marks = marksOf(plan, gathered)
  for (const { address } of plan.spec.solvers) {
    auditor.shown({ owner: address, valueE8: holdingsE8(address, balances, marks), marks: marks.all() })
  }
  return { ...measureRun(plan, gathered, atMs), invariants: invariantOutcome(auditor.finish(atMs)) }
}

function marksOf({ spec, prices, lossRule: rule }: ReportPlan, { auditor }: Gathered): Marks {
  const balances = auditor.balances()
  const circulating = (chainId: ChainId, token: Address): bigint => circulatingOf(balances, chainId, token)
  return new Marks({ spec, prices, rule, backing: auditor.backing(), circulating })
}

/** What there is to measure as of `atMs` (Unix ms), without asking the audit for its verdict: nothing changes by it. */
export function measureRun(plan: ReportPlan, gathered: Gathered, atMs: number): RunMeasures {
  const { spec, genesis, lossRule, users, debts } = plan
  const { auditor, books } = gathered
  const now = msToSeconds(atMs)
  const balances = auditor.balances()
  const backing = auditor.backing()
  const circulating = (chainId: ChainId, token: Address): bigint => circulatingOf(balances, chainId, token)
  const marks = marksOf(plan, gathered)
  const orders = judgeOrders(plan, gathered, now)
  const outcomes = orders.map(({ outcome }) => outcome)
  const facts = orders.map((order) => order.facts)
  const transfers = [...books.orders.transfers.values()]
  return {
    networkId: spec.networkId,
    signatures: spec.signatures,
    atMs,
    lossRule,
    genesisMs: spec.genesisMs,
    chains: spec.chains.map(({ chainId, name }) => chainProgress(gathered, chainId, name)),
    outages: books.outages.outcomes(books.orders.orders.values()),
    orders: outcomes,
    counts: countOrders(facts, outcomes, now),
    solvers: spec.solvers.map((solver) =>
      solverOutcome({ solver, genesis, debts, orders, transfers, balances, marks }),
    ),
    actors: plan.actors.map((actor) => actorOutcome(actor, { genesis, balances, marks, book: books.actors })),
    bridges: bridgeOutcomes(spec, backing, {
      circulating,
      now,
      isPaused: (bridge) =>
        spec.chains.some(({ chainId }) => auditor.pausedBy(chainId, bridge, now) !== null),
      keptBack: (bridge, ends) => books.orders.keptBack(bridge, ends),
      secondsToArrival: (bridge, home) => books.arrivals.secondsOf(bridge, home),
      receivables: (bridge) =>
        receivableSums(
          orders.filter((order) => order.facts.order.prover === bridge),
          marks,
        ),
    }),
    markets: books.markets.outcomes(),
    stablecoins: books.stablecoins.outcomes(),
    derivatives: books.derivatives.outcomes(),
    controls: {
      breakers: books.controls.breakers(now),
      outflowLimits: books.controls.outflowLimits(),
      authorities: books.controls.authorities(),
    },
    bundles: books.bundles.outcomes(),
    evidence: gathered.evidence,
    rotations: books.rotations.outcomes(),
    thefts: books.thefts.outcomes(),
    oracles: books.credit.oracles(now),
    lending: books.credit.reserves(now),
    lendingPools: books.credit.pools(now),
    collateralAuctions: books.auctions.outcomes(),
    layers: layerFacts(
      plan,
      {
        feeds: books.feeds,
        credit: books.credit,
        reverts: (chainId) => books.reverts.of(chainId),
        late: (chainId) => books.fees.measures(chainId).late,
      },
      now,
    ),
    competition: competitionOutcome(spec, plan.prices, books.orders.orders.values(), now),
    houses: books.houses.accounts(users),
    welfare: userWelfare(outcomes, users, balances, marks),
    vaults: auditor.vaults(),
    balances: balances.map((line) => withGas(line, books.gas)),
  }
}

/** Outcomes sorted by label. */
export function judgeOrders(
  { spec, users }: ReportPlan,
  { auditor, books: { orders } }: Gathered,
  now: number,
): JudgedOrder[] {
  const context: OutcomeContext = {
    spec,
    users,
    now,
    attesterCount: ({ proof }) => (proof === null ? 0 : orders.attesterCount(proof)),
    isProverPaused: ({ order }) => auditor.pausedBy(order.originChainId, order.prover, now) !== null,
  }
  return [...orders.orders.values()]
    .filter(isShown)
    .map((facts) => ({ facts, outcome: orderOutcome(facts, context) }))
    .sort((a, b) => compareText(a.outcome.label, b.outcome.label) || compareText(a.facts.id, b.facts.id))
}

/** An order of which parts are open is shown as these; what nobody took of it never left its user. */
function isShown({ part, parts, isOpened, fill }: JudgedOrder['facts']): boolean {
  return part === null ? parts === 0 : isOpened || fill !== null
}

function chainProgress(
  { view, books: { progress, chains, rollups, fees, reverts } }: Gathered,
  chainId: ChainId,
  name: string,
): ChainProgress {
  return {
    chainId,
    name,
    head: view.head(chainId)?.header.number ?? 0,
    safe: view.safe(chainId),
    finalized: view.finalized(chainId),
    ...progress.of(chainId),
    ...chains.measures(chainId, view),
    rollup: rollups.measures(chainId),
    ...fees.measures(chainId),
    reverts: reverts.of(chainId),
  }
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

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
