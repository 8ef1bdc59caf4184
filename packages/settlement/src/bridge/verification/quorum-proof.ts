// External verifiers: enough signatures of one set under the message's attestation (S-6). Cheap questions come before
// signatures. Source: Wormhole core bridge (parseAndVerifyVM).
import type { Address } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type MessageProof,
  type RevertReason,
} from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'

type QuorumProof = Extract<MessageProof, { kind: 'quorum' }>

/** Why the signatures are not enough, or null. */
export function refuseQuorum(
  { rules, verifier, now }: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  proof: QuorumProof,
): RevertReason | null {
  const set = contract.sets.get(proof.setIndex)
  if (set === undefined || !rules.setAccepted(set.validUntil, now)) return 'set-expired'
  const signers: Address[] = proof.signatures.map((signature) => signature.verifier)
  if (!rules.quorumMet(signers.length, set.threshold, set.verifiers.length)) return 'quorum-missing'
  if (!rules.signersDistinct(signers) || !rules.signersBelong(signers, set.verifiers)) return 'quorum-missing'
  const digest = attestationDigest(attestationOf(message, proof.setIndex))
  for (const { verifier: signer, signature } of proof.signatures) {
    if (!verifier.verify(digest, signature, signer)) return 'quorum-missing'
  }
  return null
}
