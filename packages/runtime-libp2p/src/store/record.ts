// One record of the store's log: `length u32 | crc32(length) u32 | crc32(payload) u32 | payload`, big endian.
// The length has its own checksum, so that a flipped bit in the middle is not mistaken for a torn end.
import { crc32 } from 'node:zlib'
import { SolventError } from '@solvent/primitives'

const HEADER_BYTES = 12
const PUT = 1
const DELETE = 2

export type StoreOperation =
  | { readonly kind: 'put'; readonly key: string; readonly bytes: Uint8Array }
  | { readonly kind: 'delete'; readonly key: string }

/** What a log holds, and how many of its bytes are whole records. */
export interface LogReading {
  readonly operations: readonly StoreOperation[]
  readonly wholeBytes: number
}

/** Payload: `operation u8 | key length u16 | key (UTF-8) | value`. */
export function encodeRecord(operation: StoreOperation): Buffer {
  const key = Buffer.from(operation.key, 'utf8')
  if (key.length > 0xffff) {
    throw new SolventError({
      code: 'E_RANGE',
      message: 'A store key is too long.',
      details: { keyBytes: key.length },
    })
  }
  const value = operation.kind === 'put' ? operation.bytes : new Uint8Array(0)
  const record = Buffer.allocUnsafe(HEADER_BYTES + 3 + key.length + value.length)
  record.writeUInt8(operation.kind === 'put' ? PUT : DELETE, HEADER_BYTES)
  record.writeUInt16BE(key.length, HEADER_BYTES + 1)
  key.copy(record, HEADER_BYTES + 3)
  record.set(value, HEADER_BYTES + 3 + key.length)
  record.writeUInt32BE(record.length - HEADER_BYTES, 0)
  record.writeUInt32BE(crc32(record.subarray(0, 4)), 4)
  record.writeUInt32BE(crc32(record.subarray(HEADER_BYTES)), 8)
  return record
}

/**
 * Reads a log to its last whole record. A torn last record (cut short, zero-filled, or with a bad checksum at
 * the very end) is left out; damage anywhere else throws E_STORE_DAMAGED.
 */
export function readLog(log: Buffer): LogReading {
  const operations: StoreOperation[] = []
  let at = 0
  while (at < log.length) {
    const rest = log.length - at
    if (rest < HEADER_BYTES) break
    const length = log.readUInt32BE(at)
    if (log.readUInt32BE(at + 4) !== crc32(log.subarray(at, at + 4))) {
      if (isZero(log.subarray(at))) break
      throw damaged(at, 'header checksum')
    }
    const end = at + HEADER_BYTES + length
    if (end > log.length) break
    const payload = log.subarray(at + HEADER_BYTES, end)
    if (log.readUInt32BE(at + 8) !== crc32(payload)) {
      if (end === log.length) break
      throw damaged(at, 'payload checksum')
    }
    operations.push(decodePayload(payload, at))
    at = end
  }
  return { operations, wholeBytes: at }
}

function decodePayload(payload: Buffer, at: number): StoreOperation {
  if (payload.length < 3) throw damaged(at, 'payload length')
  const keyEnd = 3 + payload.readUInt16BE(1)
  if (keyEnd > payload.length) throw damaged(at, 'key length')
  const key = payload.toString('utf8', 3, keyEnd)
  const operation = payload.readUInt8(0)
  if (operation === PUT) return { kind: 'put', key, bytes: new Uint8Array(payload.subarray(keyEnd)) }
  if (operation === DELETE) return { kind: 'delete', key }
  throw damaged(at, 'operation')
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0)
}

function damaged(atByte: number, what: string): SolventError {
  return new SolventError({
    code: 'E_STORE_DAMAGED',
    message: 'The store of this node is damaged before its end.',
    details: { atByte, what },
    hint: 'Remove the directory of the node to start it without memory.',
  })
}
