// Bridge, receiving side: takes a message with what makes it believed, once (S-5), and pays a transfer out or hands on
// the proof of a fill.
// Source: Wormhole core bridge (parseAndVerifyVM) and token bridge (completeTransfer).
import type { Hash32 } from '@solvent/primitives'
import { type BridgeMessage, type Call, messageDigest, messageKey } from '@solvent/protocol'
import { proveFill } from '../escrow/prove.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import { receiveTransfer } from './custody/custody.ts'
import { evidenceOf, refuseProof } from './verification/message-proof.ts'
import { releaseBond } from './verification/optimistic/bundles.ts'

type Delivery = Extract<Call, { kind: 'deliver' }>

export function deliverMessage(context: CallContext, call: Delivery): CallResult {
  const { rules, state, chain, events } = context
  const { message, proof } = call
  const contract = state.bridges.get(message.bridge)
  if (contract === undefined) return 'unknown-bridge'
  if (!rules.deliveredHere(message.dstChainId, chain.chainId)) return 'wrong-destination'
  const digest = messageDigest(message)
  const key = messageKey(message)
  const known = contract.delivered.get(key)
  const delivery = contract.flaws.has('replay-unchecked') ? 'new' : rules.deliveryOf(known, digest)
  if (delivery === 'replay') return 'already-delivered'
  const refused = refuseProof(context, contract, message, proof)
  if (delivery === 'conflict') {
    // An accusation counts only with a quorum behind it: then two contents of one key were both attested.
    if (refused !== null) return 'conflicting-message'
    events.push({ kind: 'message-conflict', message, digest, known: known as Hash32 })
    return null
  }
  if (refused !== null) return refused
  contract.delivered.set(key, digest)
  events.push({ kind: 'message-delivered', message, digest, evidence: evidenceOf(proof) })
  if (proof.kind === 'bundle') releaseBond(context, contract, proof.bundle)
  return execute(context, contract, message, digest)
}

function execute(
  context: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  digest: Hash32,
): CallResult {
  const { payload } = message
  if (payload.kind === 'transfer') return receiveTransfer(context, contract, { message, payload, digest })
  if (context.rules.blockedByFreeze(contract.freeze.get(), context.now, 'prove')) return 'paused'
  return proveFill(context, message, payload)
}
