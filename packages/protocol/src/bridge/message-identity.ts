// How a bridge message is named: its key says which message it is, its digest what it says. One key with two digests
// is a conflict (S-5).
import { type Hash32, hashCanonical, keccakHex, withCanonicalBytes } from '@solvent/primitives'
import { digestOnce } from '../eip712/typed-digest.ts'
import type { Attestation, BridgeMessage, BridgePayload, MessageKey } from './bridge-message.ts'

/** Names a message: bridge, source chain, emitter and sequence. */
export function messageKey({
  bridge,
  srcChainId,
  emitter,
  sequence,
}: Omit<Attestation, 'dstChainId' | 'payloadHash' | 'setIndex'>): MessageKey {
  return `${bridge}/${srcChainId}/${emitter}/${sequence}` as MessageKey
}

/** SHA-256 of the canonical bytes of all fields. Remembered for a while. */
export const messageDigest: (message: BridgeMessage) => Hash32 = digestOnce((message: BridgeMessage) =>
  hashCanonical(message),
)

/** What a verifier of set `setIndex` signs to attest a message. */
export function attestationOf(message: BridgeMessage, setIndex: number): Attestation {
  const { bridge, srcChainId, emitter, sequence, dstChainId } = message
  return {
    bridge,
    srcChainId,
    emitter,
    sequence,
    dstChainId,
    payloadHash: payloadHash(message.payload),
    setIndex,
  }
}

/** keccak256 of the canonical bytes of a payload. Remembered for a while. */
export const payloadHash: (payload: BridgePayload) => Hash32 = digestOnce((payload: BridgePayload) =>
  withCanonicalBytes(payload, keccakHex),
)
