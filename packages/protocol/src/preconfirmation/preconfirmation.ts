// A producer's promise that a transaction will be in a block, good for its chain and backed by the producer's bond there.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { Signature } from '../signature.ts'

export interface Preconfirmation {
  readonly chainId: ChainId
  readonly producer: Address
  readonly transactionHash: Hash32
  /** Who sent the transaction, and is paid when the promise is broken; and its nonce. */
  readonly sender: Address
  readonly nonce: number
  /** In this block at the latest. */
  readonly block: number
}

export interface SignedPreconfirmation {
  readonly preconfirmation: Preconfirmation
  readonly signature: Signature
}

/** What a chain asks of producers that promise. */
export interface PreconfirmationTerms {
  /** Wei that a producer puts up when it begins, and what one broken promise takes of it. */
  readonly bond: bigint
  readonly penalty: bigint
  /** Slots from the promise to the block that it names. */
  readonly withinSlots: number
}
