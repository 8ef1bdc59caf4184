// A rollup's own bridge, on its L1: the message is in the outbox under a root that the rollup's contract here holds for
// final. What the contract holds for final is true to the bridge: a wrong root that nobody disproved pays. Sources: OP
// Stack OptimismPortal (proveWithdrawalTransaction, finalizeWithdrawalTransaction), Arbitrum Outbox, ZKsync Mailbox.
import { type BridgeMessage, type MessageProof, messageDigest, type RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import { exitableRoot } from '../../rollup/exitable-root.ts'
import type { BridgeState } from '../bridge-state.ts'
import { leadsTo } from '../outbox/outbox-proof.ts'

type RollupRoot = Extract<MessageProof, { kind: 'rollup-root' }>

/** Why the proof does not show the message under a final root, or null. */
export function refuseRollupRoot(
  context: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  proof: RollupRoot,
): RevertReason | null {
  if (contract.flaws.has('proof-unchecked')) return null
  const inbox = context.state.inboxes.get(message.srcChainId)
  if (inbox === undefined) return 'wrong-chain'
  if (inbox.tips.get(proof.block) !== proof.header) return 'unknown-root'
  const root = exitableRoot(context, message.srcChainId, proof.block)
  if (typeof root === 'string') return root
  return leadsTo(root.outboxRoot, messageDigest(message), proof) ? null : 'bad-proof'
}
