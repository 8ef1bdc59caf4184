// Messages as bytes: the canonical CBOR of {v: 1, net, type, body}. Decoding goes through size, canonical form, envelope,
// network and strict schema, in this order, and returns frozen data.
import { decodeCanonical, deepFreeze, encodeCanonical, type Hash32, SolventError } from '@solvent/primitives'
import { bodySchemas } from '../schema/message.ts'
import { schemaError } from '../schema/schema-error.ts'
import { MAX_FRAME_BYTES, MAX_MESSAGE_DEPTH, maxBytesByType } from './limits.ts'
import type { Message } from './message.ts'
import type { MessageType } from './message-type.ts'

const WIRE_VERSION = 1
const ENVELOPE = ['v', 'net', 'body', 'type'] as const

/**
 * Encodes a message for the nodes of one network.
 *
 * @throws E_TOO_LARGE over the limit of its type, E_NON_CANONICAL for what has no canonical bytes
 * @example decodeMessage(networkId, encodeMessage(networkId, message)) // equal to message
 */
export function encodeMessage(networkId: Hash32, message: Message): Uint8Array {
  const envelope = { v: WIRE_VERSION, net: networkId, type: message.type, body: message.body }
  const bytes = encodeCanonical(envelope, { maxDepth: MAX_MESSAGE_DEPTH })
  checkSize(message.type, bytes.length)
  return bytes
}

/**
 * Decodes what a peer sent; signatures are the door's matter.
 *
 * @throws E_TOO_LARGE, E_TOO_DEEP, E_NON_CANONICAL (also truncated and trailing bytes), E_MALFORMED (no envelope of
 *   version 1), E_FOREIGN_NETWORK, E_UNKNOWN_TYPE (of a newer node: nobody's fault), E_SCHEMA
 */
export function decodeMessage(networkId: Hash32, bytes: Uint8Array): Message {
  const decoded = decodeCanonical(bytes, { maxBytes: MAX_FRAME_BYTES, maxDepth: MAX_MESSAGE_DEPTH })
  const { net, type, body } = openEnvelope(decoded)
  if (net !== networkId) {
    throw new SolventError({
      code: 'E_FOREIGN_NETWORK',
      message: 'This message belongs to another network.',
      details: { got: net, allowed: networkId },
    })
  }
  if (!isMessageType(type)) {
    throw new SolventError({
      code: 'E_UNKNOWN_TYPE',
      message: 'This type of message is not known here.',
      details: { got: type, allowed: Object.keys(bodySchemas) },
    })
  }
  checkSize(type, bytes.length)
  const parsed = bodySchemas[type].safeParse(body)
  if (!parsed.success) throw schemaError(type, body, parsed.error)
  return deepFreeze({ type, body: parsed.data } as Message)
}

function openEnvelope(value: unknown): { net: unknown; type: unknown; body: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('something else')
  const fields = value as Record<string, unknown>
  const keys = Object.keys(fields)
  if (keys.length !== ENVELOPE.length || !ENVELOPE.every((key) => Object.hasOwn(fields, key))) {
    throw malformed(`fields ${keys.slice(0, 8).join(', ')}`)
  }
  if (fields.v !== WIRE_VERSION) throw malformed(`version ${String(fields.v)}`)
  return { net: fields.net, type: fields.type, body: fields.body }
}

function isMessageType(type: unknown): type is MessageType {
  return typeof type === 'string' && Object.hasOwn(bodySchemas, type)
}

function checkSize(type: MessageType, gotBytes: number): void {
  const maxBytes = maxBytesByType[type]
  if (gotBytes <= maxBytes) return
  throw new SolventError({
    code: 'E_TOO_LARGE',
    message: 'This message is too large for its type.',
    details: { type, gotBytes, maxBytes },
  })
}

function malformed(got: string): SolventError {
  return new SolventError({
    code: 'E_MALFORMED',
    message: 'This is not a message.',
    details: { got, allowed: `an object of ${ENVELOPE.join(', ')} with v = ${WIRE_VERSION}` },
  })
}
