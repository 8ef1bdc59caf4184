// What a watcher knows at the end of a run: outcomes, balance sheets, backing, welfare, invariants. Plain data
// with canonical bytes. Amounts are base units; values are in the numeraire of the price book times 10^8 (E8);
// ratios are numbers between 0 and 1, cut to 12 decimals.
import type { VaultBacking } from '@solvent/audit'
import type { Address, ChainId, Hash32, NodeId, OrderId } from '@solvent/primitives'
import { decodeCanonical, encodeCanonical } from '@solvent/primitives'
import type { AccountKind, ReceivableState, SignatureScheme } from '@solvent/protocol'
import type { CollateralAuctionOutcome } from './auction-meter.ts'
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
import type { MarketOutcome } from './market-meter.ts'
import type { OutageOutcome } from './outage-book.ts'
import type { RevertCount } from './revert-book.ts'
import type { RollupMeasures } from './rollup-meter.ts'
import type { RotationOutcome } from './rotation-meter.ts'
import type { Spread } from './spread.ts'
import type { StablecoinOutcome } from './stablecoin-meter.ts'
import type { TheftOutcome } from './theft-meter.ts'

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

/** Who bears a bridge's deficit: every holder of the asset, or the holders of its wrapped form only. */
export const lossRules = ['all-holders', 'far-holders'] as const
export type LossRule = (typeof lossRules)[number]

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

/** Where an order was at the end. `pending` is not ended; see docs/models/watcher.md for each state. */
export const orderEnds = ['settled', 'refunded', 'cancelled', 'expired', 'rejected', 'pending'] as const
export type OrderEnd = (typeof orderEnds)[number]

export interface OrderOutcome {
  /** `${user node}/${nonce}`: the same on every runtime, where order ids differ with the moment of signing. */
  readonly label: string
  readonly orderId: OrderId
  readonly user: Address
  readonly end: OrderEnd
  /** Reached at any time, in this order of life. */
  readonly opened: boolean
  readonly filled: boolean
  readonly refunded: boolean
  /** Its escrow paid somebody who did not fill it. */
  readonly stolen: boolean
  readonly originChainId: ChainId
  readonly inputToken: Address
  readonly inputAmount: bigint
  readonly outputChainId: ChainId
  readonly outputToken: Address
  readonly minAmount: bigint
  readonly prover: Address
  /** Who won the auction, or was named, or filled first; null when nobody did. */
  readonly winner: Address | null
  readonly winnerNode: NodeId | null
  /** Who delivered the output; null when unfilled. */
  readonly filler: Address | null
  /** Bids that the award reveals. */
  readonly bids: number
  /** What the recipient got, base units of the output token; null when unfilled. */
  readonly outputAmount: bigint | null
  /** The filler's claim; null when unfilled. */
  readonly receivable: ReceivableState | null
  /** Filled, unproven, and its prover paused or its expiry past: likely to strand. */
  readonly atRisk: boolean
}

/** How many orders ever reached a state; `pending` had not ended. */
export interface OrderCounts {
  /** An order of which parts are open counts as these. */
  readonly signed: number
  readonly parts: number
  readonly opened: number
  readonly filled: number
  readonly settled: number
  readonly refunded: number
  /** Settled too: their escrows are empty. */
  readonly stolen: number
  readonly stranded: number
  readonly expired: number
  readonly cancelled: number
  readonly rejected: number
  readonly pending: number
  readonly atRisk: number
}

export interface SolverOutcome {
  readonly node: NodeId
  readonly address: Address
  readonly initialEquityE8: bigint
  readonly equityE8: bigint
  readonly profitE8: bigint
  /** Parts of the equity beside the holdings: good receivables, own transfers under way, less debts. */
  readonly receivablesE8: bigint
  readonly inTransitE8: bigint
  readonly borrowedE8: bigint
  /** Equity below zero. */
  readonly insolvent: boolean
  readonly awards: number
  readonly fills: number
  readonly receivables: Readonly<Record<ReceivableState, ReceivableSum>>
}

/** An account that plays a script: what it held at the start and in the end, and what its transactions came to. */
export interface ActorOutcome {
  readonly node: NodeId
  readonly address: Address
  /** Holdings, gas included, at the price alone. */
  readonly initialE8: bigint
  /** Holdings after the haircut of the loss rule. */
  readonly valueE8: bigint
  /** In blocks. */
  readonly transactions: number
  readonly reverted: number
  /** Why they reverted, in the order in which the reasons were first seen. */
  readonly reverts: readonly { readonly reason: string; readonly count: number }[]
}

export interface ReceivableSum {
  readonly count: number
  /** Value of the escrows that back them. */
  readonly valueE8: bigint
}

export interface BridgeOutcome {
  /** The bridge's name. */
  readonly id: string
  readonly address: Address
  /** Symbol of the asset. */
  readonly asset: string
  /** Base units of the home token, as are issued, minted, inTransit, deficit and circulatingHome. */
  readonly locked: bigint
  /** Burn-and-mint: issued less redeemed; 0 for other bridges. */
  readonly issued: bigint
  readonly minted: bigint
  readonly inTransit: bigint
  readonly deficit: bigint
  /** Transfers that have arrived. */
  readonly arrived: number
  /** Seconds from the block that sent a transfer to the one in which its message was delivered; null when none was. */
  readonly secondsToArrival: Spread | null
  /** Asked of the lock by transfers home, and paid to them, exploits aside. */
  readonly asked: bigint
  readonly paid: bigint
  /** Transfers that the limiter made wait, let go when their wait was over, and deleted. */
  readonly queued: number
  readonly releasedByTimeout: number
  readonly censored: number
  /** Transfers that the verifiers' accountant has refused, as far as the watcher hears its nodes (in the simulator; a live run counts them from the nodes' logs). */
  readonly refused: number
  /** Transfers that the verifiers' governor has made wait, heard likewise. */
  readonly held: number
  /** Given back to the lock, as far as it covered the deficit; borne by holders under a shared loss. */
  readonly recovered: bigint
  readonly borne: bigint
  /** One for each chain of a pool's route; empty for other custody. */
  readonly pools: readonly PoolOutcome[]
  /** Swaps under hash locks, by the asset that was locked first. */
  readonly swaps: {
    readonly completed: number
    readonly cancelled: number
    /** One leg was taken and the other given back. */
    readonly oneSided: number
    readonly open: number
  }
  /** Home tokens outside the bridge. */
  readonly circulatingHome: bigint
  /** (locked or issued) / (minted + inTransit), at most 1; 1 when nothing is claimed. */
  readonly backingRatio: number
  /** deficit / (circulatingHome + minted + inTransit). */
  readonly haircutAllHolders: number
  /** deficit / (minted + inTransit), at most 1. */
  readonly haircutFarHolders: number
  /** Paused on its home chain or any other at the end. */
  readonly paused: boolean
  /** Receivables that wait for this bridge's proofs. */
  readonly receivables: Readonly<Record<ReceivableState, ReceivableSum>>
}

/** A bridge's liquidity pool on one chain. Base units of its token. */
export interface PoolOutcome {
  readonly chainId: ChainId
  readonly cash: bigint
  /** Cash and claims: what the books say is the providers'. */
  readonly value: bigint
  /** The part of it that declared exploits made and nobody will pay. */
  readonly forged: bigint
  readonly shares: bigint
  /** What a thousand shares are worth: 1 at first. */
  readonly sharePrice: number
  /** Claims on other pools over cash and claims, 0 to 1. */
  readonly utilisation: number
  /** Payouts that wait, what their messages carry, and how long the first of them has waited. */
  readonly waiting: number
  readonly queued: bigint
  readonly oldestWaitSeconds: number
  /** The longest wait of a payout that was made. */
  readonly longestWaitSeconds: number
  readonly fees: bigint
  /** Paid beyond what was due at one for one. */
  readonly rateLoss: bigint
}

export interface UserWelfare {
  /** Value delivered to users by fills. */
  readonly outputE8: bigint
  /** Value that users gave: the inputs of filled or stolen orders that were not refunded. */
  readonly inputE8: bigint
  /** The part of it that false proofs took out of escrow. */
  readonly stolenE8: bigint
  /** What the loss rule takes from users' own holdings. */
  readonly haircutE8: bigint
  /** outputE8 - inputE8 - haircutE8. */
  readonly welfareE8: bigint
}

export interface BalanceLine {
  readonly chainId: ChainId
  readonly kind: AccountKind
  readonly owner: string
  readonly token: Address
  readonly amount: bigint
  /** Gas token of an account: what it paid for gas since genesis; else 0. */
  readonly gasPaid: bigint
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
