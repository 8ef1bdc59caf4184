// Why a chain believes a message of another chain: one kind of proof for each kind of verification, as a delivery
// carries it, and one kind of evidence, as the receipt keeps it.
import type { Address } from '@solvent/primitives'
import type { VerifierSignature } from './signed-attestation.ts'

export type MessageProof =
  /** Signatures of a verifier set, signers in strictly increasing address order. */
  {
    readonly kind: 'quorum'
    readonly setIndex: number
    readonly signatures: readonly VerifierSignature[]
  }

export type DeliveryEvidence = {
  readonly kind: 'quorum'
  readonly setIndex: number
  readonly signers: readonly Address[]
}
