// Who votes on an L1's finality: groups of validators that stand and fall together, each at the producer that proposes
// and votes for it. A validator is one of Ethereum's: 32 ETH at genesis, in Gwei (ethereum/consensus-specs, phase 0).
import type { Address, ChainId } from '@solvent/primitives'

export interface ValidatorGroup {
  readonly name: string
  /** How many validators, 1 or more. */
  readonly validators: number
  /** The producer that proposes and votes for them. */
  readonly producer: Address
}

export interface ValidatorSet {
  /** The place in the list is the group's bit in a header's `votes`. */
  readonly groups: readonly ValidatorGroup[]
  /** Where their stake lies and is slashed: the chain itself, or the chain whose validators secure it. */
  readonly stakedOn: ChainId
  /** How slowly an absent validator's stake leaks (Ethereum since Bellatrix: 2^24); the leak is quicker where it is less. */
  readonly inactivityQuotient: number
}

/** What a validator owes its chain; it can be absent from either. */
export const validatorDuties = ['votes', 'proposals'] as const
export type ValidatorDuty = (typeof validatorDuties)[number]

/** Groups of a set at most: their votes are bits of one integer. */
export const MAX_VALIDATOR_GROUPS = 30
/** Ethereum's, since Bellatrix (consensus-specs, bellatrix/beacon-chain.md). */
export const INACTIVITY_QUOTIENT = 2 ** 24
/** Stake of one validator at genesis, Gwei. */
export const VALIDATOR_STAKE_GWEI = 32_000_000_000
/** Validators of a chain whose specification names none: about Ethereum's number in 2025. */
export const DEFAULT_VALIDATORS = 1_000_000
