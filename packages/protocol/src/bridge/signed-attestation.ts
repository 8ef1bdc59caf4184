// A verifier's signature under one bridge message, gossiped for relayers to collect.
import type { Address } from '@solvent/primitives'
import type { Signature } from '../signature.ts'
import type { Attestation, BridgeMessage } from './bridge-message.ts'

export interface VerifierSignature {
  readonly verifier: Address
  readonly signature: Signature
}

/** Carries the message itself, so that a relayer needs no second look at the source chain. */
export interface SignedAttestation extends VerifierSignature {
  readonly attestation: Attestation
  readonly message: BridgeMessage
}
