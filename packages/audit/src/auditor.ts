// What an auditor is told and what it answers.
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type {
  AccountKind,
  Block,
  DomainEvent,
  Genesis,
  NetworkSpec,
  PauseAuthority,
  SignatureVerifier,
} from '@solvent/protocol'
import type { AuditReport, Breach } from './audit-report.ts'
import type { SwapCounts } from './hash-lock-rules.ts'
import type { RuntimeName } from './invariant.ts'
import type { VaultBacking } from './vault-record.ts'

export interface AuditorOptions {
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  /** Needed when `spec.signatures` is 'stand-in'; secp256k1 signatures are recovered by the audit itself. */
  readonly verifier?: SignatureVerifier
  readonly applicable: RuntimeName
  /**
   * How far apart the clocks of block producers may be by the scenario's declared faults, ms; 0 unless given. Chains
   * stamp blocks by their producers' clocks, so that times of two chains compare only within it, and blocks may be seen so much before their slots (T-8).
   */
  readonly clockSpreadMs?: number
}

/** Checks a run while it happens. Cheap enough to stay on: each call touches only what changed. */
export interface Auditor {
  /**
   * The next block of a chain's canonical branch; a block on an older parent is a re-org of the branch. `seenAtMs` is the
   * moment at which it was first seen (Unix ms), where there is one (T-8).
   */
  block(block: Block, seenAtMs?: number): void
  /** What a node recorded. */
  event(atMs: number, node: NodeId, event: DomainEvent): void
  /** The runtime took an event from its queue (T-1). */
  pop(timeMs: number, priority: number, sequence: number): void
  /** A message arrived (T-5). */
  delivery(delivery: Delivery): void
  /** A report shows this value for what an account holds (L-9). */
  shown(value: ShownValue): void
  /** A chain's live balances, where a runtime can hand them over, must be what the journal folds to (L-5). */
  live(chainId: ChainId, balances: readonly Omit<AccountBalance, 'chainId'>[]): void
  /** All balances that are not zero, sorted by chain, kind, owner, token. */
  balances(): AccountBalance[]
  /** What stands behind the shares of each vault of a range now. */
  vaults(): VaultBacking[]
  /** Breaches so far; a breach of a fatal invariant should end the run. */
  readonly broken: readonly Breach[]
  /** What stands behind each asset of each bridge now. */
  backing(): RouteBacking[]
  /** Who has paused a bridge on a chain, at a moment of chain time (Unix seconds); null when it works. */
  pausedBy(chainId: ChainId, bridge: Address, atSeconds: number): PauseAuthority | null
  /** Everything that can be judged at `nowMs` (default: the latest time heard of). A live run asks again and again. */
  finish(nowMs?: number): AuditReport
}

export interface Delivery {
  readonly sentAtMs: number
  readonly deliveredAtMs: number
  readonly minLatencyMs: number
}

export interface AccountBalance {
  readonly chainId: ChainId
  readonly kind: AccountKind
  readonly owner: string
  readonly token: Address
  readonly amount: bigint
}

/** One asset of one bridge, in base units of its home token, rounded down where a far token is finer. */
export interface RouteBacking {
  readonly bridge: Address
  readonly symbol: string
  readonly locked: bigint
  /** Burn-and-mint: issued less redeemed; 0 for other bridges. */
  readonly issued: bigint
  readonly minted: bigint
  /** Sent and not delivered. */
  readonly inTransit: bigint
  /** Taken out, or minted without authority, by declared exploits. */
  readonly deficit: bigint
  /** Transfers that have arrived. */
  readonly arrived: number
  /** Asked of the lock by transfers home, and paid to them, exploits aside. */
  readonly asked: bigint
  readonly paid: bigint
  /** Transfers that the limiter made wait, let go when their wait was over, and deleted. */
  readonly queued: number
  readonly releasedByTimeout: number
  readonly censored: number
  /** Given back to the lock, as far as it covered the deficit. */
  readonly recovered: bigint
  /** Borne by holders who redeemed under a shared loss. */
  readonly borne: bigint
  /** One for each chain of a pool's route; empty for other custody. */
  readonly pools: readonly PoolBacking[]
  /** Of hash locks, by the asset that was locked first. */
  readonly swaps: SwapCounts
}

/** A bridge's liquidity pool on one chain, in base units of its token. */
export interface PoolBacking {
  readonly chainId: ChainId
  readonly token: Address
  readonly shareToken: Address
  readonly cash: bigint
  /** What the other pools owe it; negative when it owes them. */
  readonly claims: bigint
  /** cash + claims: what its books say belongs to the providers. */
  readonly value: bigint
  readonly shares: bigint
  /** Claims that declared exploits made, which nobody will pay. */
  readonly forged: bigint
  /** Payouts that wait, and the sum of what their messages carry. */
  readonly waiting: number
  readonly queued: bigint
  /** Chain time since when the first of them waits; null when none does. */
  readonly oldestSince: number | null
  /** The longest wait of a payout that was made. */
  readonly longestWaitSeconds: number
  readonly fees: bigint
  /** Paid beyond what was due at one for one. */
  readonly rateLoss: bigint
}

/** What one base unit's whole token is worth: floor(balance · priceE8 · keepNumerator / (10^decimals · keepDenominator)). */
export interface TokenMark {
  readonly chainId: ChainId
  readonly token: Address
  readonly decimals: number
  readonly priceE8: bigint
  /** The share kept after a haircut, as a fraction; 1/1 without one. */
  readonly keepNumerator: bigint
  readonly keepDenominator: bigint
}

export interface ShownValue {
  /** USER and SOLVER accounts of this owner on all chains. */
  readonly owner: Address
  readonly valueE8: bigint
  readonly marks: readonly TokenMark[]
}
