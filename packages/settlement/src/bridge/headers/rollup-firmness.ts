// How firm a rollup's header is to a contract on the rollup's own L1: the batches, proofs and roots stand on the same chain,
// so that nobody's word is needed. `safe`: a batch ends with it. `finalized`: that batch, or of a zk rollup its proof, is in a
// final block of the L1. `exitable`: and exits may rely on its root. Sources: the doc comments of Consensus in the network spec.
import type { BridgeSpec, ChainSpec } from '@solvent/protocol'
import { finalizedNumber } from '../../chain/consensus/finality-state.ts'
import { timestampOf } from '../../chain/slots.ts'
import type { CallContext } from '../../execution/call-context.ts'
import { exitableRoot } from '../../rollup/exitable-root.ts'
import type { InboxState } from '../../rollup/inbox-state.ts'
import type { KnownHeader } from './header-client.ts'

/** Whether the L1 orders, and has settled, what ends with a header; null where this chain is not the source's L1. */
export function rollupFirmness(
  context: CallContext,
  { chainId, consensus }: ChainSpec,
  finality: BridgeSpec['finality'],
): ((header: KnownHeader) => boolean) | null {
  const inbox = context.state.inboxes.get(chainId)
  if (consensus.kind === 'l1' || inbox === undefined || finality === 'unsafe') return null
  return ({ number, hash }) => {
    if (inbox.tips.get(number) !== hash) return false
    if (finality === 'safe') return true
    const saidAt = consensus.kind === 'zk' ? proofTime(inbox, number) : inbox.batchedAt.get(number)
    if (saidAt === undefined || saidAt > finalizedTime(context)) return false
    return finality === 'finalized' || typeof exitableRoot(context, chainId, number) !== 'string'
  }
}

function proofTime({ proofs }: InboxState, block: number): number | undefined {
  const index = proofs.indexOf(block)
  return index === undefined ? undefined : proofs.item(index)?.postedAt
}

/** Chain time of the newest final block of this L1, Unix seconds. */
function finalizedTime({ state, index, chain }: CallContext): number {
  const voted = state.finality()
  const number =
    state.finalityRules === null || voted === null ? 0 : finalizedNumber(state.finalityRules, voted)
  return timestampOf(index.spec, chain, number)
}
