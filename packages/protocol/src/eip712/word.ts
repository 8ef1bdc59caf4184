// EIP-712 and ABI encode every static field as one 32-byte big-endian word. These write words in place, so that
// a struct is hashed from one buffer that is never allocated again.
import { hexInto, SolventError } from '@solvent/primitives'

export const WORD_BYTES = 32

const TWO_32 = 4294967296
const MAX_UINT256 = (1n << 256n) - 1n

/** A buffer for `words` words. */
export function wordBuffer(words: number): Uint8Array {
  return new Uint8Array(WORD_BYTES * words)
}

/**
 * Writes a safe integer; a negative one as int256 in two's complement.
 *
 * @throws E_RANGE for anything but a safe integer
 */
export function putInteger(buffer: Uint8Array, word: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw outOfRange(value, 'an integer between -(2^53 - 1) and 2^53 - 1')
  const start = word * WORD_BYTES
  const low = value | 0
  const high = Math.floor(value / TWO_32)
  buffer.fill(value < 0 ? 0xff : 0, start, start + 24)
  putUint32(buffer, start + 24, high)
  putUint32(buffer, start + 28, low)
}

/**
 * Writes a uint256.
 *
 * @throws E_RANGE below 0 and from 2^256
 */
export function putUint256(buffer: Uint8Array, word: number, value: bigint): void {
  if (value < 0n || value > MAX_UINT256) throw outOfRange(value, '0 to 2^256 - 1')
  const start = word * WORD_BYTES
  let rest = value
  for (let at = start + 24; at >= start; at -= 8) {
    if (rest === 0n) {
      buffer.fill(0, start, at + 8)
      return
    }
    chunk[0] = rest
    putUint32(buffer, at, halves[HIGH] as number)
    putUint32(buffer, at + 4, halves[LOW] as number)
    rest >>= 64n
  }
}

/** Writes canonical hex (an address, a hash) right-aligned; at most 32 bytes. */
export function putHex(buffer: Uint8Array, word: number, hex: string): void {
  const end = (word + 1) * WORD_BYTES
  const start = end - (hex.length - 2) / 2
  buffer.fill(0, word * WORD_BYTES, start)
  hexInto(buffer, start, hex)
}

const chunk = new BigUint64Array(1)
const halves = new Uint32Array(chunk.buffer)
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1
const HIGH = 1 - LOW

function putUint32(buffer: Uint8Array, at: number, value: number): void {
  buffer[at] = value >>> 24
  buffer[at + 1] = value >>> 16
  buffer[at + 2] = value >>> 8
  buffer[at + 3] = value
}

function outOfRange(got: unknown, allowed: string): SolventError {
  return new SolventError({
    code: 'E_RANGE',
    message: 'This value does not fit its ABI word.',
    details: { got, allowed },
  })
}
