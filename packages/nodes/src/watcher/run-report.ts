// What a watcher knows at the end of a run: outcomes, balance sheets, backing, welfare, invariants. Plain data
// with canonical bytes. Amounts are base units; values are in the numeraire of the price book times 10^8 (E8);
// ratios are numbers between 0 and 1, cut to 12 decimals.
import type { VaultBacking } from '@solvent/audit'
import type { ChainId, Hash32 } from '@solvent/primitives'
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { SignatureScheme } from '@solvent/protocol'
import type { ActorOutcome } from './actor-outcome.ts'
import type { CollateralAuctionOutcome } from './auction-meter.ts'
import type { BalanceLine } from './balance-sheet.ts'
import type { BridgeOutcome } from './bridge-outcome.ts'
import type { BundleOutcome } from './bundle-meter.ts'
import type { ChainMeasures } from './chain-meter.ts'
import type { CompetitionOutcome } from './competition-outcome.ts'
import type { AuthorityOutcome, BreakerOutcome, OutflowLimitOutcome } from './control-meter.ts'
import type { OracleOutcome, PoolOutcomeOfLending, ReserveOutcome } from './credit-outcome.ts'
import type { DerivativeOutcomes } from './derivatives/derivative-meter.ts'
import type { EvidenceCounts } from './evidence-desk.ts'
import type { FeeMeasures } from './fee-meter.ts'
import type { HouseAccount } from './house-ledger.ts'
import type { LayerFacts } from './layer-facts.ts'
import type { LossRule } from './loss-rule.ts'
import type { MarketOutcome } from './market-meter.ts'
import type { OrderCounts, OrderOutcome } from './order-outcome.ts'
import type { OutageOutcome } from './outage-book.ts'
import type { RevertCount } from './revert-book.ts'
import type { RollupMeasures } from './rollup-meter.ts'
import type { RotationOutcome } from './rotation-meter.ts'
import type { SolverOutcome } from './solver-outcome.ts'
import type { StablecoinOutcome } from './stablecoin-meter.ts'
import type { TheftOutcome } from './theft-meter.ts'
import type { UserWelfare } from './user-welfare.ts'

/** What a watcher has measured so far, and the audit's verdict on it. */
export interface RunReport extends RunMeasures {
  readonly invariants: InvariantOutcome
}

export interface RunMeasures {
  readonly networkId: Hash32
  readonly signatures: SignatureScheme
  /** The watcher's time when it made the report, Unix ms. */
  readonly atMs: number
  readonly lossRule: LossRule
  readonly genesisMs: number
  readonly chains: readonly ChainProgress[]
  /** Declared outages of sequencers, in the order in which they were declared. */
  readonly outages: readonly OutageOutcome[]
  /** Sorted by label. */
  readonly orders: readonly OrderOutcome[]
  readonly counts: OrderCounts
  /** In the order of the network's solvers. */
  readonly solvers: readonly SolverOutcome[]
  /** In the order of the scenario's actors. */
  readonly actors: readonly ActorOutcome[]
  /** One for each bridge and asset, in the order of the network's bridges. */
  readonly bridges: readonly BridgeOutcome[]
  /** One for each market, in the order of the network's. */
  readonly markets: readonly MarketOutcome[]
  /** One for each algorithmic stablecoin, in the order of the network's. */
  readonly stablecoins: readonly StablecoinOutcome[]
  /** One for each control of its kind, in the order of the network's. */
  readonly controls: {
    readonly breakers: readonly BreakerOutcome[]
    readonly outflowLimits: readonly OutflowLimitOutcome[]
    readonly authorities: readonly AuthorityOutcome[]
  }
  readonly derivatives: DerivativeOutcomes
  /** One for each optimistic bridge. */
  readonly bundles: readonly BundleOutcome[]
  /** Pairs of commitments of one signer that cannot both stand, found or received. */
  readonly evidence: EvidenceCounts
  /** One for each bridge whose verifiers somebody tried to rotate. */
  readonly rotations: readonly RotationOutcome[]
  /** What accounts with broken keys have paid to whoever can sign for them, by account, chain and asset. */
  readonly thefts: readonly TheftOutcome[]
  readonly oracles: readonly OracleOutcome[]
  /** One for each reserve of each pool. */
  readonly lending: readonly ReserveOutcome[]
  readonly lendingPools: readonly PoolOutcomeOfLending[]
  /** Of pools that auction collateral, by collateral and debt. */
  readonly collateralAuctions: readonly CollateralAuctionOutcome[]
  /** One for each chain, in their order. */
  readonly layers: readonly LayerFacts[]
  /** Of the auctions of orders. */
  readonly competition: CompetitionOutcome
  /** What auctioneers have taken from solvers and paid, by auctioneer, chain and asset. */
  readonly houses: readonly HouseAccount[]
  readonly welfare: UserWelfare
  /** What stands behind the shares of vaults of ranges. */
  readonly vaults: readonly VaultBacking[]
  /** All balances that are not zero, sorted by chain, kind, owner, token. */
  readonly balances: readonly BalanceLine[]
}

export interface ChainProgress extends ChainMeasures, FeeMeasures {
  readonly chainId: ChainId
  readonly name: string
  readonly head: number
  readonly safe: number
  readonly finalized: number
  /** Blocks of the followed branch, virtual empty ones not counted. */
  readonly blocks: number
  readonly transactions: number
  /** Null for an L1. */
  readonly rollup: RollupMeasures | null
  /** Transactions that reverted, by call and reason. */
  readonly reverts: readonly RevertCount[]
}

export interface InvariantOutcome {
  /** Evaluations per id, in the order of the catalogue. */
  readonly checked: readonly { readonly id: string; readonly count: number }[]
  readonly broken: readonly {
    readonly id: string
    readonly statement: string
    readonly atMs: number
    readonly chainId: ChainId | null
    readonly detail: string
  }[]
}

const MAX_REPORT_BYTES = 64 * 1024 * 1024

/** The canonical bytes of a report. */
export function encodeRunReport(report: RunReport): Uint8Array {
  return encodeCanonical(report)
}

/**
 * A report from its bytes, as a watcher answered them.
 *
 * @throws what `decodeCanonical` throws on bytes that are not canonical or longer than 64 MiB
 */
export function decodeRunReport(bytes: Uint8Array): RunReport {
  return decodeCanonical(bytes, { maxBytes: MAX_REPORT_BYTES }) as unknown as RunReport
}
