// What an auditor is told and what it answers.
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type { AccountKind, Block, DomainEvent, Genesis, NetworkSpec, SignatureVerifier } from '@solvent/protocol'
import type { AuditReport, Breach } from './audit-report.ts'
import type { RuntimeName } from './catalogue.ts'

export interface AuditorOptions {
  readonly spec: NetworkSpec
  readonly genesis: readonly Genesis[]
  /** Needed when `spec.signatures` is 'stand-in'; secp256k1 signatures are recovered by the audit itself. */
  readonly verifier?: SignatureVerifier
  readonly applicable: RuntimeName
}

/** Checks a run while it happens. Cheap enough to stay on: each call touches only what changed. */
export interface Auditor {
  /** The next block of a chain's canonical branch; a block on an older parent is a re-org of the branch. */
  block(block: Block): void
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
  /** Breaches so far; a breach of a fatal invariant should end the run. */
  readonly broken: readonly Breach[]
  /** The checks that wait for the end; call it once. `nowMs` is the end of the run. */
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
