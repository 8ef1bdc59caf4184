// What a solver is made from: plain data. Values are numeraire with 8 decimals (E8), times as their suffix says.
import type { Ports } from '@solvent/ports'
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type { Confirmation, Genesis, NetworkSpec, PriceBook, SolventVocabulary } from '@solvent/protocol'
import type { StrategyConfig } from '@solvent/strategies'
import type { AccountRotation } from '../parts/account-rotation.ts'
import type { BenchmarkTerms } from '../parts/offer-benchmark.ts'
import type { SourcingRule } from './sourcing/sourcing-rule.ts'

export interface SolverInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  /** Of every chain: what the solver begins with, and what stands behind wrapped assets. */
  readonly genesis: readonly Genesis[]
  readonly prices: PriceBook
  readonly strategy: StrategyConfig
  readonly risk: RiskLimits
  /** Whom it tells its costs before it bids, and that it waits for theirs, and for leaks; absent: it bids at once and tells nobody. */
  readonly sideChannel?: { readonly tells: readonly NodeId[] }
  /** Producers that give it the last look at its rivals' fills; absent: none. */
  readonly looks?: readonly NodeId[]
  /** How much more it gives for each order of a solution over several pairs, basis points of the output; default nothing. */
  readonly bundleBps?: number
  /** What it pays the protocol of what users of batches get above their limits; default nothing. */
  readonly batchFeeBps?: number
  /** What it puts at stake with each auctioneer at the start; absent: nothing. */
  readonly bond?: PostedBond
  /** It holds bids of its own against fills that gave a user less, where auctioneers hear of it; absent: it does not. */
  readonly benchmark?: BenchmarkTerms
  /** Null: inventory stays where orders move it. */
  readonly rebalance: RebalanceRule | null
  /** Null: what fills have drained comes back from no market. */
  readonly sourcing: SourcingRule | null
  /** Of its account's key; default: never. */
  readonly rotation?: AccountRotation | undefined
}

export interface PostedBond {
  readonly chainId: ChainId
  readonly token: Address
  /** With each auctioneer, base units. */
  readonly amount: bigint
}

export interface RiskLimits {
  /** Value that may be outstanding on one prover: open bids, fills under way and receivables. */
  readonly maxExposurePerBridgeE8: bigint
  /** Ascending tiers: an order worth up to this is filled when its escrow is this firm; above the last tier none is. */
  readonly confirmationsByValue: readonly ConfirmationTier[]
  /** Orders and quotes with inventory set aside at one time. */
  readonly maxConcurrentOrders: number
  /** Declines assets of a bridge whose lock covers less than this share of its claims; 0: does not look. */
  readonly refuseBelowBackingBps: number
}

export interface ConfirmationTier {
  readonly upToE8: bigint
  readonly level: Confirmation
}

/** Moves wrapped assets between chains when the holdings have drifted from their first proportions. */
export interface RebalanceRule {
  /** How far above or below its share a holding may drift; 0 to 10000. */
  readonly bandBps: number
  /** Least time between two transfers of one asset, ms of the node's clock. */
  readonly cooldownMs: number
  /** A transfer that would cost more of its amount, or take longer, is not made. */
  readonly maxFeeBps: number
  readonly maxWaitSeconds: number
}

export type SolverPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'rng' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>
