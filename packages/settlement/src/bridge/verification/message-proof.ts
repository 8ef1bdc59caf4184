// Whether a chain believes a message: the bridge's kind of verification decides, and each kind has its own file. The
// engine cannot see the source chain; what passes here is true to it.
import type { BridgeMessage, DeliveryEvidence, MessageProof, RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { refuseQuorum } from './quorum-proof.ts'

/** Why the proof does not convince this chain, or null. */
export function refuseProof(
  context: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  proof: MessageProof,
): RevertReason | null {
  return refuseQuorum(context, contract, message, proof)
}

/** What the receipt keeps of a proof that was accepted. */
export function evidenceOf(proof: MessageProof): DeliveryEvidence {
  const signers = Object.freeze(proof.signatures.map(({ verifier }) => verifier))
  return Object.freeze({ kind: 'quorum', setIndex: proof.setIndex, signers })
}
