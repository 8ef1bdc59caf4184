// The exchange protocol: requests, replies and direct messages of one peer to another on one long-lived stream
// per direction, in frames prefixed by their length. Frame: `kind u8 | id u32 | time u32 | body`, big endian.
import { SolventError } from '@solvent/primitives'

export const EXCHANGE_PROTOCOL = '/solvent/exchange/1'
export const HEADER_BYTES = 9

export type ExchangeFrame =
  /** Fire and forget; id 0. */
  | { readonly kind: 'direct'; readonly body: Uint8Array }
  /** `timeoutMs`: wall ms after which the asker no longer listens. */
  | { readonly kind: 'request'; readonly id: number; readonly timeoutMs: number; readonly body: Uint8Array }
  | { readonly kind: 'reply'; readonly id: number; readonly body: Uint8Array }
  | { readonly kind: 'refusal'; readonly id: number; readonly reason: Refusal }

/** Why there is no reply. */
export type Refusal = 'refused' | 'too-large'

const KINDS = ['direct', 'request', 'reply', 'refusal'] as const
const REFUSALS = ['refused', 'too-large'] as const

export function encodeFrame(frame: ExchangeFrame): Uint8Array {
  const body = frame.kind === 'refusal' ? Uint8Array.of(REFUSALS.indexOf(frame.reason)) : frame.body
  const bytes = new Uint8Array(HEADER_BYTES + body.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, KINDS.indexOf(frame.kind))
  view.setUint32(1, frame.kind === 'direct' ? 0 : frame.id)
  view.setUint32(5, frame.kind === 'request' ? Math.min(frame.timeoutMs, 0xffffffff) : 0)
  bytes.set(body, HEADER_BYTES)
  return bytes
}

/** Throws E_MALFORMED for anything that `encodeFrame` would not have written. */
export function decodeFrame(bytes: Uint8Array): ExchangeFrame {
  if (bytes.length < HEADER_BYTES) throw malformed('header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = KINDS[view.getUint8(0)]
  const id = view.getUint32(1)
  const timeoutMs = view.getUint32(5)
  const body = bytes.subarray(HEADER_BYTES)
  if (kind === undefined) throw malformed('kind')
  if ((kind === 'direct') !== (id === 0)) throw malformed('id')
  if (kind !== 'request' && timeoutMs !== 0) throw malformed('time')
  if (kind === 'direct') return { kind, body }
  if (kind === 'request') return { kind, id, timeoutMs, body }
  if (kind === 'reply') return { kind, id, body }
  const reason = REFUSALS[body[0] ?? REFUSALS.length]
  if (reason === undefined || body.length !== 1) throw malformed('refusal')
  return { kind, id, reason }
}

function malformed(part: string): SolventError {
  return new SolventError({
    code: 'E_MALFORMED',
    message: 'This is not a frame of the exchange protocol.',
    details: { part },
  })
}
