// How a bridge message is named: its key says which message it is, its digest what it says. One key with two digests
// is a conflict (S-5).
import { type Hash32, packedHashBy, remembered } from '@solvent/primitives'
import type { Attestation, BridgeMessage, BridgePayload, MessageKey } from './bridge-message.ts'
import { packMessage, packPayload } from './packed-message.ts'

/** What names a message or an attestation. */
type MessageName = Omit<Attestation, 'dstChainId' | 'payloadHash' | 'setIndex'>

/** Names a message: bridge, source chain, emitter and sequence. Remembered for a while. */
export const messageKey: (message: MessageName) => MessageKey = remembered(
  ({ bridge, srcChainId, emitter, sequence }: MessageName) =>
    `${bridge}/${srcChainId}/${emitter}/${sequence}` as MessageKey,
)

/** BLAKE3 of the packed bytes of all fields. Remembered for a while. */
export const messageDigest: (message: BridgeMessage) => Hash32 = remembered((message: BridgeMessage) =>
  packedHashBy('message', message, packMessage),
)

/** What a verifier of set `setIndex` signs to attest a message. Remembered for a while, and so is its digest. */
export function attestationOf(message: BridgeMessage, setIndex: number): Attestation {
  const bySet = attestationsOf(message)
  const known = bySet.get(setIndex)
  if (known !== undefined) return known
  const { bridge, srcChainId, emitter, sequence, dstChainId, payload } = message
  const attestation = {
    bridge,
    srcChainId,
    emitter,
    sequence,
    dstChainId,
    payloadHash: payloadHash(payload),
    setIndex,
  }
  bySet.set(setIndex, attestation)
  return attestation
}

const attestationsOf = remembered((_message: BridgeMessage) => new Map<number, Attestation>())

/** BLAKE3 of the packed bytes of a payload. Remembered for a while. */
export const payloadHash: (payload: BridgePayload) => Hash32 = remembered((payload: BridgePayload) =>
  packedHashBy('payload', payload, packPayload),
)
