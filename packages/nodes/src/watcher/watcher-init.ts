// What a watcher is made from, the ports it uses, and what it offers beyond a node. Times are Unix ms.
import type { Node, Ports } from '@solvent/ports'
import type { Address, NodeId } from '@solvent/primitives'
import type {
  DomainEvent,
  Genesis,
  NetworkSpec,
  Party,
  PriceBook,
  SolventVocabulary,
} from '@solvent/protocol'
import type { ExposureSnapshot } from './exposures/exposure-snapshot.ts'
import type { SnapshotMoment } from './exposures/snapshot-desk.ts'
import type { HistoryRules } from './history/history-desk.ts'
import type { LossRule } from './loss-rule.ts'
import type { RunMeasures, RunReport } from './run-report.ts'
import type { WarningRules } from './warning/warning-desk.ts'

/** Plain data that a watcher is made from. */
export interface WatcherInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
  /** Whose orders and holdings count as users' in labels and welfare. */
  readonly users: readonly Party[]
  /** Whose holdings and transactions are reported as actors'; nobody's unless named. */
  readonly actors?: readonly Party[]
  readonly lossRule: LossRule
  /** The run's horizon, Unix ms: blocks of a later chain time are left out of books and audit. */
  readonly untilMs: number
  /** Root of the run's test keys: only with it can stand-in signatures be checked. */
  readonly seed: string
  /** How far apart producers' clocks may be by the scenario's faults, ms; 0 unless given (T-8). */
  readonly clockSpreadMs?: number
  /** What solvers owe from the start, in the numeraire times 10^8; nothing unless named. */
  readonly debts?: readonly { readonly solver: Address; readonly valueE8: bigint }[]
  /** When it draws up who owes whom, in order of time; only when asked unless given. */
  readonly snapshots?: readonly SnapshotMoment[]
  /** Whether it flags what is unusual, and how often it looks; left out: never. */
  readonly warnings?: WarningRules
  /** Whether it keeps a past for who looks at it late; left out: it keeps none. */
  readonly history?: HistoryRules
}

export type WatcherPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'rng' | 'log' | 'meter'
>

/** A watcher, and what a simulator may tell it that no message says: what other nodes record, and its own queue. */
export interface WatcherNode extends Node<SolventVocabulary> {
  report(): RunReport
  /** The same without the audit's verdict: asking changes nothing. */
  measures(): RunMeasures
  /** Who owed whom at the moments of its init that have passed, and now. */
  exposures(): readonly ExposureSnapshot[]
  /** Breaches found so far. */
  readonly breaches: number
  observe(atMs: number, node: NodeId, event: DomainEvent): void
  observePop(timeMs: number, priority: number, sequence: number): void
  observeDelivery(sentAtMs: number, deliveredAtMs: number, minLatencyMs: number): void
}
