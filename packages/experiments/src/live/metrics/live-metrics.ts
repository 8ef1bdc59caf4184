// What a live network does, as Prometheus metrics. Names follow those that services of the kind have: CoW Protocol's driver and
// autopilot (cowprotocol/services), Omni's solver (omni-network/omni) and Skip's fast solver (skip-mev/skip-go-fast-solver), whose
// classes of latencies these are. Times are virtual.
import type { NodeStatus } from '@solvent/protocol'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { NetworkPlan } from '../../assembly/network-plan.ts'
import type { SeriesPoint } from '../../run/time-series.ts'
import type { LoggedEvent } from '../../store/logged-events.ts'
import { OrderBoard } from '../observe/order-board.ts'

/** Skip's classes. */
const FILL_SECONDS = [1, 5, 10, 15, 20, 30, 40, 50, 60, 120, 300, 600]
const SETTLEMENT_MINUTES = [1, 5, 15, 30, 60, 120, 180, 240, 300]
/** What the watcher measures, as metrics: values in the numeraire, shares, and how competitive auctions are. */
const MEASURES = [
  ['solver.equity', 'solver_equity', 'What a solver has less what it owes, in the numeraire'],
  ['solver.receivables', 'solver_receivables', 'Receivables of a solver that may be paid, in the numeraire'],
  ['solver.stranded', 'solver_stranded', 'Receivables of a solver that nobody will pay, in the numeraire'],
  [
    'bridge.backing',
    'bridge_backing_ratio',
    'Of the claims on a bridge, the share that is locked behind them',
  ],
  ['bridge.utilisation', 'bridge_utilisation_ratio', 'Of a pool of a bridge, the share that is lent out'],
  [
    'lending.utilisation',
    'lending_utilisation_ratio',
    'Of a reserve of a lender, the share that is borrowed',
  ],
  ['oracle.price', 'oracle_price', 'Price that an oracle reports, in the numeraire'],
  ['competition.share', 'competition_share', 'Of the value awarded so far, the share of a solver'],
  ['competition.hhi', 'competition_hhi', 'Sum of squared shares of the value awarded so far'],
  [
    'competition.contested',
    'competition_contested_ratio',
    'Of awarded auctions, the share with two bids or more',
  ],
  [
    'competition.overchargeBps',
    'competition_overcharge_bps',
    'What users paid above what independent bidders would have asked for the same orders, in basis points',
  ],
  ['chain.orphaned', 'chain_orphaned_blocks', 'Blocks of a chain that were given up for others'],
] as const
/** Skip's classes of minutes reach down to one; from signature to award it is seconds. */
const AWARD_SECONDS = [0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120]
/** Reasons come from the code; should one ever not, it does not fill the memory. */
const MOST_REASONS = 64
const OTHER = 'other'

export class LiveMetrics {
  readonly registry = new Registry()
  readonly #plan: NetworkPlan
  readonly #board: OrderBoard
  readonly #reasons = new Set<string>()
  /** Orders that were awarded to somebody and not filled yet. */
  readonly #unsettled = new Set<string>()
  readonly #signed = this.#counter('orders_total', 'Orders that users signed', [])
  readonly #solutions = this.#counter('driver_solutions_total', 'Bids of a solver', ['solver'])
  readonly #dropped = this.#counter(
    'driver_dropped_solutions_total',
    'Orders that a solver chose not to bid on',
    ['solver', 'reason'],
  )
  readonly #broke = this.#counter(
    'insufficient_balance_errors_total',
    'Orders that a solver could not bid on for want of inventory',
    ['solver'],
  )
  readonly #settlements = this.#counter('driver_settlements_total', 'Fills of a solver', ['solver'])
  readonly #auctions = this.#counter('autopilot_runloop_auction_total', 'Auctions that were closed', [])
  readonly #winners = this.#counter('autopilot_runloop_auction_winners_total', 'Auctions that a solver won', [
    'solver',
  ])
  readonly #open = this.#gauge(
    'autopilot_runloop_matched_unsettled',
    'Orders that were awarded and are not filled',
    [],
  )
  readonly #settled = this.#counter('autopilot_runloop_settled_total', 'Orders whose solver was paid', [])
  readonly #rejected = this.#counter('solver_processor_rejected_orders_total', 'Orders that a node refused', [
    'reason',
  ])
  readonly #offset = this.#gauge('solver_processor_status_offset', 'Height of a chain', ['chain', 'status'])
  readonly #fillSeconds = new Histogram({
    name: 'solvent_latency_per_fill_seconds',
    help: 'From the signature of an order to its fill, virtual seconds',
    buckets: FILL_SECONDS,
    registers: [this.registry],
  })
  readonly #settlementMinutes = new Histogram({
    name: 'solvent_latency_per_settlement_minutes',
    help: 'From the fill of an order to the payment of its solver, virtual minutes',
    buckets: SETTLEMENT_MINUTES,
    registers: [this.registry],
  })
  readonly #runTime = new Histogram({
    name: 'solvent_autopilot_runloop_single_run_time_seconds',
    help: 'From the signature of an order to its award, virtual seconds',
    buckets: AWARD_SECONDS,
    registers: [this.registry],
  })
  readonly #quotes = this.#counter('driver_quotes_total', 'Quotes of a solver', ['solver'])
  readonly #faults = this.#counter('faults_total', 'Faults that began', ['fault'])
  readonly #up = this.#gauge('node_up', 'Whether a node answers', ['node', 'role'])
  readonly #peers = this.#gauge('node_peers', 'Connections of a node', ['node', 'role'])
  readonly #refused = this.#counter('node_messages_refused_total', 'Messages that a node refused', [
    'node',
    'reason',
  ])
  readonly #penalties = this.#counter('node_peer_penalties_total', 'Penalties that a node gave its peers', [
    'node',
    'reason',
  ])
  readonly #measures: ReadonlyMap<string, Gauge<'subject'>>
  readonly #time = this.#gauge('virtual_time_seconds', 'Virtual time since the start', [])

  constructor(plan: NetworkPlan) {
    this.#plan = plan
    this.#board = new OrderBoard(plan)
    this.#measures = new Map(
      MEASURES.map(([measure, name, help]) => [measure, this.#gauge(name, help, ['subject'])]),
    )
  }

  takeEvent(event: LoggedEvent): void {
    const order = this.#board.take(event)
    const { kind, node, payload } = event
    const reason = () => this.#reasonOf(payload.reason)
    if (kind === 'order-signed') this.#signed.inc()
    else if (kind === 'order-refused') this.#rejected.inc({ reason: reason() })
    else if (kind === 'quoted') this.#quotes.inc({ solver: node })
    else if (kind === 'fault') this.#takeFault(payload)
    else if (kind === 'bid-placed') this.#solutions.inc({ solver: node })
    else if (kind === 'message-refused') this.#refused.inc({ node, reason: reason() })
    else if (kind === 'peer-penalised') this.#penalties.inc({ node, reason: reason() })
    else if (kind === 'bid-declined') {
      this.#dropped.inc({ solver: node, reason: reason() })
      if (payload.reason === 'no-inventory') this.#broke.inc({ solver: node })
    } else if (kind === 'auction-closed') {
      this.#auctions.inc()
      if (order === null || order.winner === null || order.signed_ms === null) return
      this.#runTime.observe(((order.awarded_ms ?? order.signed_ms) - order.signed_ms) / 1_000)
      this.#winners.inc({ solver: order.winner })
      if (order.filled_ms === null) this.#unsettled.add(order.order_id)
    } else if (kind === 'receivable' && order !== null)
      this.#takeReceivable(node, String(payload.state), order)
    this.#open.set(this.#unsettled.size)
  }

  takeStatuses(statuses: ReadonlyMap<string, NodeStatus>): void {
    const { nodes, spec } = this.#plan
    for (const { id, role } of nodes) {
      const status = statuses.get(id)
      this.#up.set({ node: id, role }, status === undefined ? 0 : 1)
      this.#peers.set({ node: id, role }, status?.peers ?? 0)
    }
    const found = [...statuses.values()]
    for (const { chainId, name } of spec.chains) {
      const heads = found.flatMap((status) => (status.role === 'sequencer' ? status.heads : []))
      const ofChain = heads.filter((head) => head.chainId === chainId)
      if (ofChain.length === 0) continue
      for (const status of ['head', 'safe', 'finalized'] as const)
        this.#offset.set({ chain: name, status }, Math.max(...ofChain.map((head) => head[status])))
    }
    const nowMs = Math.max(spec.genesisMs, ...found.map((status) => status.nowMs))
    this.#time.set((nowMs - spec.genesisMs) / 1_000)
  }

  /** What the watcher measures; of those that there is a metric for. */
  takeMeasures(points: readonly SeriesPoint[]): void {
    for (const { measure, subject, value } of points) this.#measures.get(measure)?.set({ subject }, value)
  }

  /** Of an order to a node what it is to do; what a watcher is told of begins elsewhere. */
  #takeFault({ phase, fault, control = fault }: LoggedEvent['payload']): void {
    if (phase === 'begin' && !String(control).startsWith('declare-'))
      this.#faults.inc({ fault: String(control) })
  }

  #takeReceivable(
    solver: string,
    state: string,
    { order_id, signed_ms, filled_ms, claimed_ms }: NonNullable<ReturnType<OrderBoard['take']>>,
  ): void {
    if (state === 'held' && filled_ms !== null) {
      this.#settlements.inc({ solver })
      this.#unsettled.delete(order_id)
      if (signed_ms !== null) this.#fillSeconds.observe((filled_ms - signed_ms) / 1_000)
    }
    if (state === 'claimed' && claimed_ms !== null) {
      this.#settled.inc()
      if (filled_ms !== null) this.#settlementMinutes.observe((claimed_ms - filled_ms) / 60_000)
    }
  }

  #reasonOf(reason: unknown): string {
    const text = String(reason)
    if (!this.#reasons.has(text) && this.#reasons.size >= MOST_REASONS) return OTHER
    this.#reasons.add(text)
    return text
  }

  #counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name: `solvent_${name}`, help, labelNames, registers: [this.registry] })
  }

  #gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name: `solvent_${name}`, help, labelNames, registers: [this.registry] })
  }
}
