// Light client: the message is in the outbox of a header of the source chain that this contract takes for final. Cheap
// questions come before hashing; a flaw of the contract leaves the hashing out.
import { type BridgeMessage, type MessageProof, messageDigest, type RevertReason } from '@solvent/protocol'
import type { CallContext } from '../../execution/call-context.ts'
import type { BridgeState } from '../bridge-state.ts'
import { leadsTo } from '../outbox/outbox-proof.ts'

type HeaderInclusion = Extract<MessageProof, { kind: 'header-inclusion' }>

/** Why the proof does not show the message in a final header's outbox, or null. */
export function refuseHeaderInclusion(
  { now }: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  proof: HeaderInclusion,
): RevertReason | null {
  if (contract.flaws.has('proof-unchecked')) return null
  const client = contract.clients.get(message.srcChainId)
  if (client === undefined) return 'header-unknown'
  const stopped = client.stopped(contract.spec.verification, now)
  if (stopped !== null) return stopped
  const outboxRoot = client.provableRoot(proof.header)
  if (outboxRoot === undefined) return 'header-unknown'
  return leadsTo(outboxRoot, messageDigest(message), proof) ? null : 'bad-proof'
}
