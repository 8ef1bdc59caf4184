/**
 * The exposure network: who owes whom, through which layer, and what else everyone owns and owes, at one moment.
 *
 * This is what a snapshot of a run holds and what risk models start from. Amounts are float64 in one unit of account;
 * exact money stays in the ledger.
 */

/** What a node is. */
export const NODE_KINDS = [
  'solver',
  'bridge',
  'prover',
  'pool',
  'lending-market',
  'insurance',
  'sequencer',
  'chain',
  'user',
  'other',
] as const
export type ExposureNodeKind = (typeof NODE_KINDS)[number]

/** The channel that a claim runs through; those from `issued-asset` on, `other` aside, came with version 2. */
export const LAYERS = [
  'receivable',
  'wrapped-inventory',
  'liquidity-position',
  'lending',
  'collateral',
  'receipt-token',
  'insurance',
  'sequencer',
  'issued-asset',
  'transit',
  'escrow',
  'pool-settlement',
  'bond',
  'derivative',
  'custody',
  'other',
] as const
export type ExposureLayer = (typeof LAYERS)[number]

export interface ExposureNode {
  /** Distinct, 1 to 100 characters. */
  readonly id: string
  /** `other` when left out. */
  readonly kind?: ExposureNodeKind | undefined
  /** ≥ 0: assets that are no claims within the network, holdings of common assets included. */
  readonly externalAssets: number
  /** ≥ 0: debts to creditors outside the network, users for instance. */
  readonly externalLiabilities: number
  /** What the node can lose before it fails; its equity at face value when left out. */
  readonly buffer?: number | undefined
  /** Economic weight in stress measures; all its assets when left out. */
  readonly weight?: number | undefined
  /** Standard deviation of the logarithm of outside assets; 0 when left out. */
  readonly sigmaAsset?: number | undefined
}

export interface ExposureClaim {
  readonly debtor: string
  readonly creditor: string
  /** ≥ 0. */
  readonly amount: number
  /** `other` when left out. */
  readonly layer?: ExposureLayer | undefined
  /** Rank of the debt, 0 (the most senior, and when left out) to 15. */
  readonly seniority?: number | undefined
}

/** An asset that several nodes hold, whose price falls when it is sold. */
export interface CommonAsset {
  readonly id: string
  /** ≥ 0: fall of the price, as a share, for each unit of account sold; 0 when left out. */
  readonly illiquidity?: number | undefined
}

export interface Holding {
  readonly node: string
  readonly asset: string
  /** ≥ 0: worth at the moment's price, part of the node's external assets. */
  readonly value: number
}

/** Somebody who must act for claims to be paid, and owes nothing itself. */
export interface Operator {
  /** Distinct, from nodes' too. */
  readonly id: string
  readonly kind: ExposureNodeKind
}

/** The layer of operations: the node, or the operator, stands still while the other does. */
export interface Dependence {
  readonly node: string
  /** An operator. */
  readonly on: string
}

/** What a node has lost for good because of another: no claim any more. */
export interface WriteOff {
  readonly node: string
  /** A node or an operator. */
  readonly because: string
  /** ≥ 0, at face value. */
  readonly amount: number
}

/** When a guarantee is asked for: by what its beneficiary cannot pay, or by an event that the network does not know (a price, a vote). */
export const GUARANTEE_CALLS = ['shortfall', 'event'] as const

/** A promise that is no debt yet: insurance that nobody has had to ask for. */
export interface Guarantee {
  readonly guarantor: string
  /** Who is paid: with `shortfall` so that it can pay its debts of the first rank. */
  readonly beneficiary: string
  /** ≥ 0: the most that is paid. */
  readonly amount: number
  readonly call: (typeof GUARANTEE_CALLS)[number]
}

export interface ExposureNetwork {
  readonly format: 'solvent-exposures'
  /** 2 since there are operators, dependences, write-offs and a label, 3 since there are guarantees; all that came before means the same. */
  readonly version: 1 | 2 | 3
  /** The moment in virtual time. */
  readonly atMs?: number | undefined
  /** The unit of account, for people. */
  readonly unit?: string | undefined
  /** Why it was drawn up, for people. */
  readonly label?: string | undefined
  readonly nodes: readonly ExposureNode[]
  /** Several between one pair, in one layer or more, are added up by the models that do not tell layers apart. */
  readonly claims: readonly ExposureClaim[]
  readonly assets?: readonly CommonAsset[] | undefined
  readonly holdings?: readonly Holding[] | undefined
  readonly operators?: readonly Operator[] | undefined
  readonly dependences?: readonly Dependence[] | undefined
  readonly writtenOff?: readonly WriteOff[] | undefined
  readonly guarantees?: readonly Guarantee[] | undefined
}
