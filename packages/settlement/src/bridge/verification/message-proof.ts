// Whether a chain believes a message: the bridge's kind of verification decides, and each kind has its own file. The
// engine cannot see the source chain; what passes here is true to it.
import { assertNever } from '@solvent/primitives'
import type { BridgeMessage, DeliveryEvidence, MessageProof, RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { refuseHeaderInclusion } from './header-inclusion-proof.ts'
import { refuseBundle } from './optimistic/bundle-proof.ts'
import { refuseQuorum } from './quorum-proof.ts'
import { refuseRollupRoot } from './rollup-root-proof.ts'

/** The kind of proof that a kind of verification asks for; null: it believes nothing. */
const proofKinds = {
  quorum: 'quorum',
  optimistic: 'bundle',
  'light-client': 'header-inclusion',
  none: null,
} as const

/** A rollup's own bridge asks for a root on the way to its L1 and for a header on the way back. */
function proofKindOf({ state }: CallContext, { spec }: BridgeState, { srcChainId }: BridgeMessage) {
  const { kind } = spec.verification
  if (kind !== 'canonical') return proofKinds[kind]
  return state.inboxes.has(srcChainId) ? 'rollup-root' : 'header-inclusion'
}

/** Why the proof does not convince this chain, or null. */
export function refuseProof(
  context: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  proof: MessageProof,
): RevertReason | null {
  if (proof.kind !== proofKindOf(context, contract, message)) return 'bad-proof'
  switch (proof.kind) {
    case 'quorum':
      return refuseQuorum(context, contract, message, proof)
    case 'header-inclusion':
      return refuseHeaderInclusion(context, contract, message, proof)
    case 'rollup-root':
      return refuseRollupRoot(context, contract, message, proof)
    case 'bundle':
      return refuseBundle(context, contract, message, proof)
    default:
      return assertNever(proof)
  }
}

/** What the receipt keeps of a proof that was accepted. */
export function evidenceOf(proof: MessageProof): DeliveryEvidence {
  switch (proof.kind) {
    case 'quorum': {
      const signers = Object.freeze(proof.signatures.map(({ verifier }) => verifier))
      return Object.freeze({ kind: 'quorum', setIndex: proof.setIndex, signers })
    }
    case 'bundle':
      return Object.freeze({ kind: 'bundle', bundle: proof.bundle })
    case 'header-inclusion':
      return Object.freeze({ kind: 'header-inclusion', header: proof.header, leaf: proof.leaf })
    case 'rollup-root': {
      const { block, header, leaf } = proof
      return Object.freeze({ kind: 'rollup-root', block, header, leaf })
    }
    default:
      return assertNever(proof)
  }
}
