// Controls: contracts beside a market or a lending pool that keep it from doing something for a time. Each is switched on by standing
// here. docs/models/controls.md.
import type { Address, ChainId } from '@solvent/primitives'
import { contractAddress } from '../signing/account.ts'
import type { AuthoritySpec } from './authority-spec.ts'

export interface NetworkControls {
  readonly breakers: readonly BreakerSpec[]
  readonly outflowLimits: readonly OutflowLimitSpec[]
  readonly authorities: readonly AuthoritySpec[]
  readonly collateralChecks: readonly CollateralCheckSpec[]
}

/** Nothing is controlled. */
export const NO_CONTROLS: NetworkControls = {
  breakers: [],
  outflowLimits: [],
  authorities: [],
  collateralChecks: [],
}

/** What a halt may stop: what takes something out, or trades. Supplying and repaying always go on. */
export const stoppableActions = ['swap', 'withdraw', 'borrow', 'liquidate'] as const
export type StoppableAction = (typeof stoppableActions)[number]

/** Halts a market or a lending pool once a price has moved too far within a window. */
export interface BreakerSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** A market or a lending pool. */
  readonly guarded: Address
  /** An oracle, or a market: its price after each trade. */
  readonly watched: Address
  /** A move of so much of the reference halts. */
  readonly moveBps: bigint
  /** The reference is the price at the start of a window of so long. */
  readonly windowSeconds: number
  readonly haltSeconds: number
  readonly stops: readonly StoppableAction[]
}

/** So much of a token may leave a market or a lending pool within a window; what liquidations take is not counted. */
export interface OutflowLimitSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  readonly guarded: Address
  readonly token: Address
  /** Base units. */
  readonly amount: bigint
  readonly windowSeconds: number
}

/**
 * One view of a borrower over several places: so much of a token, held as it is or through receipts and shares of pairs, may stand behind the loans
 * of one account in all of them together. Asked before each loan.
 */
export interface CollateralCheckSpec {
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** Lending pools and isolated markets. */
  readonly places: readonly Address[]
  readonly token: Address
  /** Base units. */
  readonly most: bigint
}

/** Where a control is. */
export function controlAddress(name: string): Address {
  return contractAddress('control', name)
}
