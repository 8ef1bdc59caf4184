// Who owes whom at one moment of a run, as a watcher sees it: exact, at face value, before anybody's loss is shared out.
// Values are in the numeraire times 10^8. docs/models/exposures.md says what each kind of node and layer stands for.

/** What a node of the snapshot is. */
export type SnapshotKind = 'solver' | 'bridge' | 'prover' | 'pool' | 'lending-market' | 'insurance' | 'user'

/** The channel that a claim runs through. */
export type SnapshotLayer =
  | 'receivable'
  | 'wrapped-inventory'
  | 'issued-asset'
  | 'transit'
  | 'escrow'
  | 'liquidity-position'
  | 'pool-settlement'
  | 'lending'
  | 'collateral'
  | 'receipt-token'
  | 'insurance'

export interface SnapshotNode {
  readonly id: string
  readonly kind: SnapshotKind
  /** What it holds that is no claim on a node of the snapshot. */
  readonly externalE8: bigint
  /** What it owes outside the snapshot. */
  readonly outsideDebtE8: bigint
  /** Whatever it loses its creditors lose: it has no capital of its own. */
  readonly isPassThrough: boolean
}

export interface SnapshotClaim {
  readonly debtor: string
  readonly creditor: string
  readonly layer: SnapshotLayer
  /** Rank of the debt, 0 first. */
  readonly seniority: number
  readonly amountE8: bigint
}

/** Who must act for a claim to be paid, and owes nothing itself. */
export interface SnapshotOperator {
  readonly id: string
  readonly kind: 'chain' | 'sequencer' | 'prover'
}

/** The node or operator stands still when the other does. */
export interface SnapshotDependence {
  readonly node: string
  readonly on: string
  readonly layer: 'chain' | 'sequencer' | 'prover'
}

/** Coins that nobody owes, in the hands of a node with capital of its own: part of its external assets. */
export interface SnapshotHolding {
  readonly node: string
  readonly symbol: string
  readonly valueE8: bigint
}

/** What coins of a symbol could be sold into: the value of those in constant-product markets. */
export interface SnapshotDepth {
  readonly symbol: string
  readonly depthE8: bigint
}

/** What a node has lost for good because of a node or an operator. */
export interface SnapshotWriteOff {
  readonly node: string
  readonly because: string
  readonly amountE8: bigint
}

/** A promise to pay that is no debt yet: called by what the beneficiary cannot pay, or by an event. */
export interface SnapshotGuarantee {
  readonly guarantor: string
  readonly beneficiary: string
  readonly call: 'shortfall' | 'event'
  readonly amountE8: bigint
}

export interface ExposureSnapshot {
  /** The watcher's time, Unix ms. */
  readonly atMs: number
  /** Why it was taken: `end`, `scheduled`, `before …` or `after …` a fault. */
  readonly label: string
  readonly nodes: readonly SnapshotNode[]
  /** One for each debtor, creditor, layer and rank. */
  readonly claims: readonly SnapshotClaim[]
  readonly holdings: readonly SnapshotHolding[]
  readonly depths: readonly SnapshotDepth[]
  readonly operators: readonly SnapshotOperator[]
  readonly dependences: readonly SnapshotDependence[]
  readonly writtenOff: readonly SnapshotWriteOff[]
  readonly guarantees: readonly SnapshotGuarantee[]
}
