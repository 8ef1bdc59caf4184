/** Bytes to lower-case hex and back, through lookup tables: hashing turns every id into text. */
import { SolventError } from './error.ts'
import type { Hex } from './ids.ts'

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
/** Code units of the two digits of each byte. */
const HIGH = Uint8Array.from(PAIRS, (pair) => pair.charCodeAt(0))
const LOW = Uint8Array.from(PAIRS, (pair) => pair.charCodeAt(1))
const NOT_A_DIGIT = 255
/** Room for the digits of a signature and more; they start at a multiple of four. */
const MOST_DIGITS = 256
const digits = new Uint8Array(4 + MOST_DIGITS)
const afterPrefix = digits.subarray(2)
const digitsView = new DataView(digits.buffer)
const encoder = new TextEncoder()
const decoder = new TextDecoder()
const spelt = new Uint8Array(2 + MOST_DIGITS)
const SIGNATURE_BYTES = 65
const speltSignature = spelt.subarray(0, 2 + 2 * SIGNATURE_BYTES)
spelt[0] = 0x30
spelt[1] = 0x78
const DIGITS = new Uint8Array(128).fill(NOT_A_DIGIT)
for (let digit = 0; digit < 16; digit++) {
  DIGITS[digit.toString(16).charCodeAt(0)] = digit
  DIGITS[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

/**
 * Writes bytes as `0x` and lower-case hex.
 *
 * @example bytesToHex(new Uint8Array([0, 255])) // '0x00ff'
 */
export function bytesToHex(bytes: Uint8Array): Hex {
  const { length } = bytes
  if (length === 32) return hashToHex(bytes)
  if (length > 32 && 2 * length <= MOST_DIGITS) return signatureToHex(bytes)
  let text = '0x'
  let i = 0
  for (; i + 8 <= bytes.length; i += 8) text += eightToHex(bytes, i)
  for (; i < bytes.length; i++) text += PAIRS[bytes[i] as number]
  return text as Hex
}

/** Eight bytes at once: a string that is put together from pairs is a tree, to be flattened when it is first read. */
function eightToHex(bytes: Uint8Array, at: number): string {
  const a = bytes[at] as number
  const b = bytes[at + 1] as number
  const c = bytes[at + 2] as number
  const d = bytes[at + 3] as number
  const e = bytes[at + 4] as number
  const f = bytes[at + 5] as number
  const g = bytes[at + 6] as number
  const h = bytes[at + 7] as number
  // biome-ignore format: one byte a pair
  return String.fromCharCode(
    HIGH[a] as number, LOW[a] as number, HIGH[b] as number, LOW[b] as number,
    HIGH[c] as number, LOW[c] as number, HIGH[d] as number, LOW[d] as number,
    HIGH[e] as number, LOW[e] as number, HIGH[f] as number, LOW[f] as number,
    HIGH[g] as number, LOW[g] as number, HIGH[h] as number, LOW[h] as number,
  )
}

/** A hash in one piece: it is looked up by its text as soon as it is made, and a tree would have to be flattened for that. */
function hashToHex(b: Uint8Array): Hex {
  // biome-ignore format: two bytes a line
  return String.fromCharCode(
    0x30, 0x78,
    HIGH[b[0] as number] as number, LOW[b[0] as number] as number, HIGH[b[1] as number] as number, LOW[b[1] as number] as number,
    HIGH[b[2] as number] as number, LOW[b[2] as number] as number, HIGH[b[3] as number] as number, LOW[b[3] as number] as number,
    HIGH[b[4] as number] as number, LOW[b[4] as number] as number, HIGH[b[5] as number] as number, LOW[b[5] as number] as number,
    HIGH[b[6] as number] as number, LOW[b[6] as number] as number, HIGH[b[7] as number] as number, LOW[b[7] as number] as number,
    HIGH[b[8] as number] as number, LOW[b[8] as number] as number, HIGH[b[9] as number] as number, LOW[b[9] as number] as number,
    HIGH[b[10] as number] as number, LOW[b[10] as number] as number, HIGH[b[11] as number] as number, LOW[b[11] as number] as number,
    HIGH[b[12] as number] as number, LOW[b[12] as number] as number, HIGH[b[13] as number] as number, LOW[b[13] as number] as number,
    HIGH[b[14] as number] as number, LOW[b[14] as number] as number, HIGH[b[15] as number] as number, LOW[b[15] as number] as number,
    HIGH[b[16] as number] as number, LOW[b[16] as number] as number, HIGH[b[17] as number] as number, LOW[b[17] as number] as number,
    HIGH[b[18] as number] as number, LOW[b[18] as number] as number, HIGH[b[19] as number] as number, LOW[b[19] as number] as number,
    HIGH[b[20] as number] as number, LOW[b[20] as number] as number, HIGH[b[21] as number] as number, LOW[b[21] as number] as number,
    HIGH[b[22] as number] as number, LOW[b[22] as number] as number, HIGH[b[23] as number] as number, LOW[b[23] as number] as number,
    HIGH[b[24] as number] as number, LOW[b[24] as number] as number, HIGH[b[25] as number] as number, LOW[b[25] as number] as number,
    HIGH[b[26] as number] as number, LOW[b[26] as number] as number, HIGH[b[27] as number] as number, LOW[b[27] as number] as number,
    HIGH[b[28] as number] as number, LOW[b[28] as number] as number, HIGH[b[29] as number] as number, LOW[b[29] as number] as number,
    HIGH[b[30] as number] as number, LOW[b[30] as number] as number, HIGH[b[31] as number] as number, LOW[b[31] as number] as number,
  ) as Hex
}

/** In one piece, too: longer than a hash it is told faster by its codes. */
function signatureToHex(bytes: Uint8Array): Hex {
  const end = 2 + 2 * bytes.length
  for (let i = 0, at = 2; at < end; i++, at += 2) {
    const byte = bytes[i] as number
    spelt[at] = HIGH[byte] as number
    spelt[at + 1] = LOW[byte] as number
  }
  const text = bytes.length === SIGNATURE_BYTES ? speltSignature : spelt.subarray(0, end)
  return decoder.decode(text) as Hex
}

/**
 * Reads `0x` and an even number of hex digits of either case.
 *
 * @throws E_BAD_HEX when the prefix is missing, a digit is left over or a character is no hex digit
 * @example hexToBytes('0x00ff') // Uint8Array [0, 255]
 */
export function hexToBytes(text: string): Uint8Array {
  if (text.length % 2 !== 0 || text.charCodeAt(0) !== 0x30 || text.charCodeAt(1) !== 0x78) throw badHex(text)
  const bytes = new Uint8Array(text.length / 2 - 1)
  for (let i = 0, at = 2; i < bytes.length; i++, at += 2) {
    const high = DIGITS[text.charCodeAt(at)] ?? NOT_A_DIGIT
    const low = DIGITS[text.charCodeAt(at + 1)] ?? NOT_A_DIGIT
    if ((high | low) > 15) throw badHex(text)
    bytes[i] = (high << 4) | low
  }
  return bytes
}

/**
 * Joins byte strings.
 *
 * @example concatBytes(new Uint8Array([1]), new Uint8Array([2, 3])) // Uint8Array [1, 2, 3]
 */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Tells whether two byte strings are equal (not in constant time: nothing secret is compared here). */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

function badHex(text: string): SolventError {
  return new SolventError({
    code: 'E_BAD_HEX',
    message: 'This is not a hex byte string.',
    details: { got: JSON.stringify(text), allowed: '0x and an even number of hex digits' },
  })
}

/**
 * Writes the bytes that `0x` and pairs of lower-case hex digits spell; false for any other text, of which a part may have
 * been written.
 *
 * @param target has room for them from `at` on
 * @example hexInto(target, 0, '0x00ff') // true; target is 0, 255, …
 */
export function hexInto(target: Uint8Array, at: number, text: string): boolean {
  const { length } = text
  if (length < 2 || length % 2 !== 0 || text.charCodeAt(0) !== 0x30 || text.charCodeAt(1) !== 0x78)
    return false
  if (length - 2 > MOST_DIGITS) return longHexInto(target, at, text)
  if (encoder.encodeInto(text, afterPrefix).written !== length) return false
  let to = at
  const end = 2 + length
  let i = 4
  for (; i + 4 <= end; i += 4) {
    // Four digits at once: the lower bits of a code and nine for a letter are the digit's value.
    const codes = digitsView.getInt32(i)
    const values = (codes & 0x0f0f0f0f) + 9 * ((codes >>> 6) & 0x01010101)
    // Spelt again, they are the same where they were lower-case digits.
    const letters = ((values + 0x06060606) >>> 4) & 0x01010101
    if ((values & 0xf0f0f0f0) !== 0 || values + 0x30303030 + 39 * letters !== codes) return false
    const pairs = (values >>> 4) | values
    target[to] = pairs >>> 16
    target[to + 1] = pairs
    to += 2
  }
  if (i === end) return true
  return pairInto(target, to, digits[i] as number, digits[i + 1] as number)
}

function longHexInto(target: Uint8Array, at: number, text: string): boolean {
  for (let i = 2, to = at; i < text.length; i += 2, to++)
    if (!pairInto(target, to, text.charCodeAt(i), text.charCodeAt(i + 1))) return false
  return true
}

function pairInto(target: Uint8Array, to: number, high: number, low: number): boolean {
  const byte = ((DIGITS[high] as number) << 4) | (DIGITS[low] as number)
  target[to] = byte
  return high < 128 && low < 128 && HIGH[byte & 255] === high && LOW[byte & 255] === low
}
