// Slashing: two headers of one slot show that a validator group has signed twice, and cost it stake. Source:
// ethereum/consensus-specs, phase0/beacon-chain.md (ProposerSlashing); here it is a transaction, which anyone may send.
import type { ChainId } from '@solvent/primitives'
import type { BlockHeader } from '../chain/block-header.ts'
import type { Signature } from '../signature.ts'

export interface HeaderEvidence {
  readonly header: BlockHeader
  readonly signature: Signature
}

/** Two headers of one producer, chain and slot, of a chain that the validators of this one secure. */
export interface SlashCall {
  readonly kind: 'slash'
  readonly first: HeaderEvidence
  readonly second: HeaderEvidence
}

export interface SlashEvent {
  readonly kind: 'validators-slashed'
  /** Where it signed twice, and the slot. */
  readonly offence: ChainId
  readonly slot: number
  /** Its place in the validator set: it no longer votes or proposes here. */
  readonly group: number
  /** Gas tokens, base units, that leave its stake on this chain; 0 where the stake lies on another. */
  readonly amount: bigint
}
