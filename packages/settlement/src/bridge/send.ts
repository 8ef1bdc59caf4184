// Emits a bridge message: gives it the emitter's next sequence number and records it as an event. Verifiers of the
// bridge read it from the block, and its digest goes into the chain's outbox. Sending goes on while the bridge is
// paused; the message waits.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import { type BridgeMessage, type BridgePayload, messageDigest } from '@solvent/protocol'
import type { CallContext } from '../execution/call-context.ts'
import type { BridgeState } from './bridge-state.ts'

export interface Sending {
  readonly bridge: Address
  readonly emitter: Address
  readonly dstChainId: ChainId
  readonly payload: BridgePayload
}

/** Sends over a bridge that the caller has looked up; returns the message's digest. */
export function sendMessage({ state, chain, events }: CallContext, sending: Sending): Hash32 {
  const { bridge, emitter, dstChainId } = sending
  const sequence = (state.bridges.get(bridge) as BridgeState).takeSequence(emitter)
  const payload = Object.freeze(sending.payload)
  const message: BridgeMessage = Object.freeze({
    bridge,
    srcChainId: chain.chainId,
    emitter,
    sequence,
    dstChainId,
    payload,
  })
  const digest = messageDigest(message)
  state.outbox.append(digest)
  events.push({ kind: 'message-sent', message, digest })
  return digest
}
