// A message is believed because it is in a bundle that stands: its digest leads to the bundle's root, and the bundle was
// not disputed while it could be, or was upheld. Source: Across HubPool (executeRootBundle), MerkleProof.
import type { CallContext } from '../../../execution/call-context.ts'
import type { BridgeState } from '../../bridge-state.ts'
import type { CommittedRoot, TreeProof } from '../committed-root.ts'
import { isBelieved } from './bundle-state.ts'

/** The root of a bundle that stands, or why it carries nothing yet, or at all. */
export function rootOfBundle(
  { now }: CallContext,
  contract: BridgeState,
  { bundle }: TreeProof<'bundle'>,
): CommittedRoot {
  const record = contract.bundles.get(bundle)
  if (record === undefined) return 'unknown-bundle'
  if (record.status === 'rejected') return 'bundle-closed'
  if (!isBelieved(record, now)) return 'not-yet-proven'
  return contract.flaws.has('proof-unchecked') ? 'unchecked' : record
}
