// Whether a chain believes a message, or a batch of them: the bridge's kind of verification decides, and each kind has its
// own file. The engine cannot see the source chain; what passes here is true to it.
import { assertNever, type ChainId } from '@solvent/primitives'
import {
  type BatchProof,
  type BridgeMessage,
  type DeliveryEvidence,
  type MessageProof,
  messageDigest,
  type RevertReason,
} from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { leadTogether } from '../outbox/batch-proof.ts'
import { leadsTo } from '../outbox/outbox-proof.ts'
import type { CommittedRoot, TreeProof } from './committed-root.ts'
import { rootOfHeader } from './header-inclusion-proof.ts'
import { rootOfBundle } from './optimistic/bundle-proof.ts'
import { refuseQuorum } from './quorum-proof.ts'
import { rootOfRollup } from './rollup-root-proof.ts'

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
  if (proof.kind === 'quorum') return refuseQuorum(context, contract, message, proof)
  const committed = committedRoot(context, contract, message.srcChainId, proof)
  if (typeof committed === 'string') return committed === 'unchecked' ? null : committed
  const isIn = proof.leaf < committed.count && leadsTo(committed.root, messageDigest(message), proof)
  return isIn ? null : 'bad-proof'
}

/** Why the proof of a batch convinces nobody of any of its messages, or null: signatures are looked at message by message. */
export function refuseBatchProof(
  context: CallContext,
  contract: BridgeState,
  messages: readonly BridgeMessage[],
  proof: BatchProof,
): RevertReason | null {
  const first = messages[0] as BridgeMessage
  if (proof.kind !== proofKindOf(context, contract, first)) return 'bad-proof'
  if (proof.kind === 'quorum') return proof.signatures.length === messages.length ? null : 'bad-proof'
  if (proof.leaves.length !== messages.length) return 'bad-proof'
  const committed = committedRoot(context, contract, first.srcChainId, proof)
  if (typeof committed === 'string') return committed === 'unchecked' ? null : committed
  const last = proof.leaves.at(-1) as number
  const areIn = last < committed.count && leadTogether(committed.root, messages.map(messageDigest), proof)
  return areIn ? null : 'bad-proof'
}

/** Which message of a batch, and the proof of the batch. */
export interface InBatch {
  readonly proof: BatchProof
  readonly place: number
}

/** Why a message is not believed although the batch's proof holds, or null. */
export function refuseInBatch(
  context: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  { proof, place }: InBatch,
): RevertReason | null {
  if (proof.kind !== 'quorum') return null
  const { kind, setIndex, signatures } = proof
  return refuseQuorum(context, contract, message, { kind, setIndex, signatures: signatures[place] ?? [] })
}

function committedRoot(
  context: CallContext,
  contract: BridgeState,
  srcChainId: ChainId,
  proof: TreeProof<'bundle'> | TreeProof<'header-inclusion'> | TreeProof<'rollup-root'>,
): CommittedRoot {
  switch (proof.kind) {
    case 'header-inclusion':
      return rootOfHeader(context, contract, srcChainId, proof)
    case 'rollup-root':
      return rootOfRollup(context, contract, srcChainId, proof)
    case 'bundle':
      return rootOfBundle(context, contract, proof)
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

/** The same for one message of a batch. */
export function evidenceInBatch(proof: BatchProof, place: number): DeliveryEvidence {
  if (proof.kind === 'quorum') {
    const { kind, setIndex, signatures } = proof
    return evidenceOf({ kind, setIndex, signatures: signatures[place] ?? [] })
  }
  const leaf = proof.leaves[place] as number
  switch (proof.kind) {
    case 'bundle':
      return Object.freeze({ kind: 'bundle', bundle: proof.bundle })
    case 'header-inclusion':
      return Object.freeze({ kind: 'header-inclusion', header: proof.header, leaf })
    case 'rollup-root':
      return Object.freeze({ kind: 'rollup-root', block: proof.block, header: proof.header, leaf })
    default:
      return assertNever(proof)
  }
}
