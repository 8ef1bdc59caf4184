// Bridge, receiving side: takes a message with its verifiers' signatures, once (S-5, S-6), and mints, releases or hands
// on the proof of a fill. The engine cannot see the source chain: a message that enough verifiers signed is true to it.
// Source: Wormhole core bridge (parseAndVerifyVM) and token bridge (completeTransfer).
import type { Address, Hash32 } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type BridgePayload,
  type Call,
  type Leg,
  messageDigest,
  messageKey,
  type RevertReason,
} from '@solvent/protocol'
import { proveFill } from '../escrow/prove.ts'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'
import { routeOf } from './route.ts'

const LIMIT_UINT256 = 1n << 256n

type Delivery = Extract<Call, { kind: 'deliver' }>

export function deliverMessage(context: CallContext, call: Delivery): CallResult {
  const { rules, state, chain, events } = context
  const { message, setIndex } = call
  const contract = state.bridges.get(message.bridge)
  if (contract === undefined) return 'unknown-bridge'
  if (!rules.deliveredHere(message.dstChainId, chain.chainId)) return 'wrong-destination'
  const digest = messageDigest(message)
  const key = messageKey(message)
  const known = contract.delivered.get(key)
  const delivery = rules.deliveryOf(known, digest)
  if (delivery === 'replay') return 'already-delivered'
  const refused = checkQuorum(context, contract, call)
  if (delivery === 'conflict') {
    // An accusation counts only with a quorum behind it: then two contents of one key were both attested.
    if (refused !== null) return 'conflicting-message'
    events.push({ kind: 'message-conflict', message, digest, known: known as Hash32 })
    return null
  }
  if (refused !== null) return refused
  contract.delivered.set(key, digest)
  const signers = call.signatures.map(({ verifier }) => verifier)
  events.push({ kind: 'message-delivered', message, digest, setIndex, signers: Object.freeze(signers) })
  return execute(context, contract, message, digest)
}

/** Why the signatures are not enough, or null. Cheap questions come before signatures. */
function checkQuorum(context: CallContext, contract: BridgeState, call: Delivery): RevertReason | null {
  const { rules, verifier, now } = context
  const set = contract.sets.get(call.setIndex)
  if (set === undefined || !rules.setAccepted(set.validUntil, now)) return 'set-expired'
  const signers: Address[] = call.signatures.map((signature) => signature.verifier)
  if (!rules.quorumMet(signers.length, set.threshold, set.verifiers.length)) return 'quorum-missing'
  if (!rules.signersDistinct(signers) || !rules.signersBelong(signers, set.verifiers)) return 'quorum-missing'
  const digest = attestationDigest(attestationOf(call.message, call.setIndex))
  for (const { verifier: signer, signature } of call.signatures) {
    if (!verifier.verify(digest, signature, signer)) return 'quorum-missing'
  }
  return null
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

interface Transfer {
  readonly message: BridgeMessage
  readonly payload: Extract<BridgePayload, { kind: 'transfer' }>
  readonly digest: Hash32
}

function receiveTransfer(context: CallContext, contract: BridgeState, transfer: Transfer): CallResult {
  const { index, rules, state, chain, now, events } = context
  const { bridge, emitter } = transfer.message
  const { token, amount, recipient } = transfer.payload
  const end = routeOf(contract.spec, chain.chainId, token)
  if (end === undefined) return 'unknown-token'
  const home = end.side === 'home'
  if (rules.blockedByFreeze(contract.freeze.get(), now, home ? 'release' : 'mint')) return 'paused'
  if (emitter !== bridge || index.isProtected(recipient)) return 'not-authorised'
  if (amount <= 0n || amount >= LIMIT_UINT256) return 'zero-amount'
  const source: Leg = home
    ? { kind: 'BRIDGE_LOCK', owner: bridge, token, amount: -amount }
    : { kind: 'SUPPLY', owner: '', token, amount: -amount }
  const legs = [source, holderLeg(state, recipient, token, amount)]
  if (!state.ledger.post(home ? 'bridge-release' : 'bridge-mint', legs)) return 'lock-exhausted'
  const step = home ? 'released' : 'minted'
  events.push({ kind: 'bridge-transfer', bridge, step, token, amount, message: transfer.digest })
  return null
}
