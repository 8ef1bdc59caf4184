// Light client: the message is in the outbox of a header of the source chain that this contract takes for final. Cheap
// questions come before hashing; a flaw of the contract leaves the hashing out.
import type { ChainId } from '@solvent/primitives'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import type { CommittedRoot, TreeProof } from './committed-root.ts'

/** The outbox of a final header of the source chain, or why there is none. */
export function rootOfHeader(
  { now }: CallContext,
  contract: BridgeState,
  srcChainId: ChainId,
  { header }: TreeProof<'header-inclusion'>,
): CommittedRoot {
  if (contract.flaws.has('proof-unchecked')) return 'unchecked'
  const client = contract.clients.get(srcChainId)
  if (client === undefined) return 'header-unknown'
  const stopped = client.stopped(contract.spec.verification, now)
  if (stopped !== null) return stopped
  const root = client.provableRoot(header)
  return root === undefined ? 'header-unknown' : { root, count: Number.POSITIVE_INFINITY }
}
