// Bridge, receiving side: takes a message with what makes it believed, once (S-5), and pays a transfer out or hands on
// the proof of a fill.
// Source: Wormhole core bridge (parseAndVerifyVM) and token bridge (completeTransfer).
import type { Hash32 } from '@solvent/primitives'
import {
  type BridgeMessage,
  type Call,
  type DeliveryEvidence,
  messageDigest,
  type RevertReason,
} from '@solvent/protocol'
import { proveFill } from '../escrow/prove.ts'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import { setVerifiers } from './called-admin.ts'
import { countTransfer, queueTransfer, verdictOn } from './limiter/limit-transfer.ts'
import { payTransfer } from './pay-transfer.ts'
import { evidenceOf, refuseProof } from './verification/message-proof.ts'
import { releaseBond } from './verification/optimistic/bundles.ts'

type Delivery = Extract<Call, { kind: 'deliver' }>

export function deliverMessage(context: CallContext, { message, proof }: Delivery): CallResult {
  const contract = context.state.bridges.get(message.bridge)
  if (contract === undefined) return 'unknown-bridge'
  if (!context.rules.deliveredHere(message.dstChainId, context.chain.chainId)) return 'wrong-destination'
  return takeMessage(context, contract, {
    message,
    refuse: () => refuseProof(context, contract, message, proof),
    evidence: () => evidenceOf(proof),
  })
}

/** A message that has come to its destination, and what makes it believed. */
export interface Arrival {
  readonly message: BridgeMessage
  /** Why it is not believed, or null; asked once, and not for a replay. */
  readonly refuse: () => RevertReason | null
  /** What the receipt keeps of why it is believed. */
  readonly evidence: () => DeliveryEvidence
}

/** Takes a message in, once, and does what it says. */
export function takeMessage(
  context: CallContext,
  contract: BridgeState,
  { message, refuse, evidence: evidenceOfArrival }: Arrival,
): CallResult {
  const { rules, events } = context
  const digest = messageDigest(message)
  const known = contract.delivered.get(message)
  const delivery = contract.flaws.has('replay-unchecked') ? 'new' : rules.deliveryOf(known, digest)
  if (delivery === 'replay') return 'already-delivered'
  const refused = refuse()
  if (delivery === 'conflict') {
    // An accusation counts only with a quorum behind it: then two contents of one key were both attested.
    if (refused !== null) return 'conflicting-message'
    events.push({ kind: 'message-conflict', message, digest, known: known as Hash32 })
    return null
  }
  if (refused !== null) return refused
  contract.delivered.add(message, digest)
  const evidence = evidenceOfArrival()
  if (evidence.kind === 'bundle') releaseBond(context, contract, evidence.bundle)
  const waits = limit(context, contract, { message, digest, evidence })
  if (waits !== 'passes') return waits
  events.push({ kind: 'message-delivered', message, digest, evidence })
  return execute(context, contract, message, digest)
}

/** The limiter's word on a believed message: it passes, or it is in the queue (null), or it can be neither now. */
function limit(
  context: CallContext,
  contract: BridgeState,
  believed: { readonly message: BridgeMessage; readonly digest: Hash32; readonly evidence: DeliveryEvidence },
): CallResult | 'passes' {
  const { limiter } = contract
  const { message, digest, evidence } = believed
  const { payload } = message
  if (limiter === null || payload.kind !== 'transfer') return 'passes'
  const transfer = { message, payload, digest }
  const verdict = verdictOn(context, limiter, transfer)
  if (verdict.kind === 'untracked') return 'passes'
  if (verdict.kind === 'fits') {
    countTransfer(context, limiter, message, verdict.valueE8)
    return 'passes'
  }
  if (context.rules.blockedByFreeze(contract.freeze.get(), context.now, 'release')) return 'paused'
  queueTransfer(context, limiter, { transfer, evidence, valueE8: verdict.valueE8 })
  return null
}

function execute(
  context: CallContext,
  contract: BridgeState,
  message: BridgeMessage,
  digest: Hash32,
): CallResult {
  const { payload } = message
  if (payload.kind === 'transfer') return payTransfer(context, contract, { message, payload, digest })
  if (context.rules.blockedByFreeze(contract.freeze.get(), context.now, 'prove')) return 'paused'
  return payload.kind === 'fill-proof'
    ? proveFill(context, message, payload)
    : setVerifiers(context, contract, payload)
}
