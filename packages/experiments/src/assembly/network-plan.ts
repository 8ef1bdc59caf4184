// A scenario, resolved: what every node is, knows and starts with, and what goes wrong when. Plain data with
// canonical bytes; the same plan builds the network on both runtimes.

import type {
  ActorInit,
  ArbitrageurInit,
  AuctioneerInit,
  BridgeNodeInit,
  ChallengerInit,
  CustodianInit,
  HedgerInit,
  KeeperInit,
  MarketMakerInit,
  PerpetualKeeperInit,
  PerpetualMakerInit,
  PopulationInit,
  ProviderCrowdInit,
  ReporterInit,
  SequencerInit,
  SolverInit,
  StewardInit,
  TraderInit,
  UserInit,
  WatcherInit,
} from '@solvent/nodes'
import type { Address, NodeId } from '@solvent/primitives'
import type { Genesis, NetworkSpec, ScheduledFault } from '@solvent/protocol'
import type { Scenario } from '../scenario/scenario-schema.ts'

export interface NetworkPlan {
  readonly name: string
  /** Root of random streams and test keys. */
  readonly seed: string
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  readonly nodes: readonly PlannedNode[]
  readonly faults: readonly ScheduledFault[]
  /** What it was resolved from: faults of operators are read against it. */
  readonly scenario: Scenario
  /** Who receives what forged messages release. */
  readonly attacker: Address
  /** Virtual ms from genesis to the end of the run. */
  readonly durationMs: number
}

export type PlannedNode = { readonly id: NodeId } & (
  | { readonly role: 'sequencer'; readonly init: SequencerInit }
  | { readonly role: 'challenger'; readonly init: ChallengerInit }
  | { readonly role: 'auctioneer'; readonly init: AuctioneerInit }
  | { readonly role: 'bridge'; readonly init: BridgeNodeInit }
  | { readonly role: 'solver'; readonly init: SolverInit }
  | { readonly role: 'user'; readonly init: UserInit }
  | { readonly role: 'actor'; readonly init: ActorInit }
  | { readonly role: 'reporter'; readonly init: ReporterInit }
  | { readonly role: 'steward'; readonly init: StewardInit }
  | { readonly role: 'keeper'; readonly init: KeeperInit }
  | { readonly role: 'population'; readonly init: PopulationInit }
  | { readonly role: 'custodian'; readonly init: CustodianInit }
  | { readonly role: 'hedger'; readonly init: HedgerInit }
  | { readonly role: 'perpetual-keeper'; readonly init: PerpetualKeeperInit }
  | { readonly role: 'arbitrageur'; readonly init: ArbitrageurInit }
  | { readonly role: 'market-maker'; readonly init: MarketMakerInit }
  | { readonly role: 'perpetual-maker'; readonly init: PerpetualMakerInit }
  | { readonly role: 'provider-crowd'; readonly init: ProviderCrowdInit }
  | { readonly role: 'trader'; readonly init: TraderInit }
  | { readonly role: 'watcher'; readonly init: WatcherInit }
)

export type NodeRole = PlannedNode['role']
