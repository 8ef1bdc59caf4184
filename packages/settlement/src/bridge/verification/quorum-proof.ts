// External verifiers: enough signatures of one set under the message's attestation (S-6). Cheap questions come before
// signatures; a flaw of the contract leaves one of them out. Source: Wormhole core bridge (parseAndVerifyVM).
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
  const { flaws, sets } = contract
  if (sets === null) return 'bad-proof'
  const signers: Address[] = proof.signatures.map((signature) => signature.verifier)
  if (signers.length === 0 && (flaws.has('zero-root-accepted') || flaws.has('threshold-zero'))) return null
  const isAnySet = flaws.has('set-check-skipped')
  const set = sets.get(proof.setIndex) ?? (isAnySet ? sets.current : undefined)
  if (set === undefined || !(isAnySet || rules.setAccepted(set.validUntil, now))) return 'set-expired'
  // A threshold of no weight is reached by the signature of one who has none.
  const isMisread = flaws.has('threshold-misread') && signers.length > 0
  const isCounted = !isMisread && !flaws.has('threshold-zero')
  if (isCounted && !rules.quorumMet(signers.length, set.threshold, set.verifiers.length))
    return 'quorum-missing'
  if (!rules.signersDistinct(signers)) return 'quorum-missing'
  if (!isMisread && !isAnySet && !rules.signersBelong(signers, set.verifiers)) return 'quorum-missing'
  if (flaws.has('signature-unchecked')) return null
  const digest = attestationDigest(attestationOf(message, proof.setIndex))
  for (const { verifier: signer, signature } of proof.signatures) {
    if (!verifier.verify(digest, signature, signer)) return 'quorum-missing'
  }
  return null
}
