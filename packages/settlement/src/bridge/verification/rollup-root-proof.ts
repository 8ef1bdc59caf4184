// A rollup's own bridge, on its L1: the message is in the outbox under a root that the rollup's contract here holds for
// final. What the contract holds for final is true to the bridge: a wrong root that nobody disproved pays. Sources: OP
// Stack OptimismPortal (proveWithdrawalTransaction, finalizeWithdrawalTransaction), Arbitrum Outbox, ZKsync Mailbox.
import type { ChainId } from '@solvent/primitives'
import type { CallContext } from '../../execution/call-context.ts'
import { exitableRoot } from '../../rollup/exitable-root.ts'
import type { BridgeState } from '../bridge-state.ts'
import type { CommittedRoot, TreeProof } from './committed-root.ts'

/** The outbox under a final root of the rollup, or why there is none. */
export function rootOfRollup(
  context: CallContext,
  contract: BridgeState,
  srcChainId: ChainId,
  { block, header }: TreeProof<'rollup-root'>,
): CommittedRoot {
  if (contract.flaws.has('proof-unchecked')) return 'unchecked'
  const inbox = context.state.inboxes.get(srcChainId)
  if (inbox === undefined) return 'wrong-chain'
  if (inbox.tips.get(block) !== header) return 'unknown-root'
  const root = exitableRoot(context, srcChainId, block)
  return typeof root === 'string' ? root : { root: root.outboxRoot, count: Number.POSITIVE_INFINITY }
}
