// The double-entry journal that blocks carry. Every movement of value is an entry whose legs sum to zero
// per asset; value leaves circulation only into BURN, LOSS (with a reason) and ROUNDING.
import type { Address } from '@solvent/primitives'

export const accountKinds = [
  'USER',
  'SOLVER',
  'ESCROW',
  'POOL',
  'BRIDGE_LOCK',
  'BRIDGE_TRANSIT',
  'GAS_FEE',
  'BURN',
  'TREASURY',
  'LENDER',
  'BORROWER',
  'COLLATERAL',
  'LIQ',
  'ATTACKER',
  'ROUNDING',
  'LOSS',
  'BOND',
  'STAKE',
  'SUPPLY',
] as const
export type AccountKind = (typeof accountKinds)[number]

/** The closed list of reasons under which value may enter LOSS (L-6); the owner of a LOSS account is its reason. */
export const lossReasons = ['slashed', 'forfeited', 'stranded-dust'] as const
export type LossReason = (typeof lossReasons)[number]

export interface Leg {
  readonly kind: AccountKind
  /** Address of the holder; order id for ESCROW; bridge address for BRIDGE_*; the contract that holds it for BOND; name of the validator group for STAKE; reason for LOSS; '' for SUPPLY, BURN, ROUNDING. */
  readonly owner: string
  /** Token address on this chain; the zero address is the gas token. */
  readonly token: Address
  /** Signed base units: positive credits the account, negative debits it; never 0. */
  readonly amount: bigint
}

export interface JournalEntry {
  /** 0, 1, 2, … per chain, without gaps. */
  readonly index: number
  readonly cause: EntryCause
  readonly legs: readonly Leg[]
  /** One item for each division that left a residue: 0 < residue < divisor, in numerator units (L-7). */
  readonly rounding: readonly Rounding[]
}

export interface Rounding {
  readonly token: Address
  readonly direction: 'floor' | 'up'
  readonly residue: bigint
  readonly divisor: bigint
}

export const entryCauses = [
  'genesis',
  'gas',
  'transfer',
  'escrow-open',
  'escrow-claim',
  'escrow-refund',
  'fill',
  'bridge-lock',
  'bridge-burn',
  'bridge-mint',
  'bridge-release',
  'bridge-refill',
  'bridge-dust-refund',
  'bridge-issue',
  'bridge-redeem',
  'bond-post',
  'bond-return',
  'bond-forfeit',
  'prover-fee',
  'pool-deposit',
  'pool-withdraw',
  'pool-refill',
  'pool-in',
  'pool-out',
  'hash-lock-create',
  'hash-lock-withdraw',
  'hash-lock-cancel',
  'slash',
  'lending-supply',
  'lending-withdraw',
  'lending-borrow',
  'lending-repay',
  'lending-collateral',
  'lending-liquidate',
  'lending-auction',
  'lending-treasury',
  'lending-cover',
  'isolated-supply',
  'isolated-withdraw',
  'isolated-pledge',
  'isolated-release',
  'isolated-borrow',
  'isolated-repay',
  'isolated-liquidate',
  'isolated-fee',
  'swap',
  'add-liquidity',
  'remove-liquidity',
  'mint-range',
  'burn-range',
  'mint-vault-shares',
  'burn-vault-shares',
  'place-orders',
  'stablecoin-burn',
  'stablecoin-mint',
  'estate-fund',
  'estate-claim',
  'claw-back',
  'cover-premium',
  'cover-payment',
  'option-premium',
  'option-payment',
  'nav-subscribe',
  'nav-request',
  'nav-payment',
  'nav-fill',
  'window-draw',
  'window-repay',
  'margin-in',
  'margin-out',
] as const
export type EntryCause = (typeof entryCauses)[number]
