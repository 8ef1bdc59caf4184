// A message is believed because it is in a bundle that stands: its digest leads to the bundle's root, and the bundle was
// not disputed while it could be, or was upheld. Source: Across HubPool (executeRootBundle), MerkleProof.
import { type BridgeMessage, type MessageProof, messageDigest, type RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../../execution/call-context.ts'
import type { BridgeState } from '../../bridge-state.ts'
import { leadsTo } from '../../outbox/outbox-proof.ts'
import { isBelieved } from './bundle-state.ts'

type BundleProof = Extract<MessageProof, { kind: 'bundle' }>

/** Why the bundle does not carry the message yet, or at all; null when it does. */
export function refuseBundle(
  { now }: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  { bundle, leaf, path }: BundleProof,
): RevertReason | null {
  const record = contract.bundles.get(bundle)
  if (record === undefined) return 'unknown-bundle'
  if (record.status === 'rejected') return 'bundle-closed'
  if (!isBelieved(record, now)) return 'not-yet-proven'
  if (contract.flaws.has('proof-unchecked')) return null
  if (leaf >= record.count) return 'bad-proof'
  return leadsTo(record.root, messageDigest(message), { leaf, path }) ? null : 'bad-proof'
}
