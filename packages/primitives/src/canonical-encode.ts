/**
 * Writes canonical bytes. This is the hot path of hashing, so it writes into one reused buffer;
 * cborg, which reads them back, is the reference it is tested against.
 */
import { DEFAULT_MAX_DEPTH } from './canonical.ts'
import { SolventError } from './error.ts'
import { readFields } from './key-layout.ts'
import { RecentObjects } from './remembered.ts'
import { writeFloatBody } from './shortest-float.ts'

const TWO_32 = 4294967296
const FIRST_CAPACITY = 4096
/** A buffer that one large value has grown is not kept for the rest of the run. */
const KEPT_CAPACITY = 1 << 20
/** Artefacts whose bytes are kept at least: about a kilobyte each. */
const REMEMBERED = 2_048

let buffer: Uint8Array = new Uint8Array(FIRST_CAPACITY)
let at = 0
let busy = false
/** The fields of the objects that are being written, the outermost's first, up to `top`. */
const values: unknown[] = []
let top = 0

/** Limits of one encoding. */
export type EncodeLimits = {
  /** How deep arrays and objects may nest (default 16). */
  maxDepth?: number
}

/**
 * Encodes a value as its only canonical byte string.
 *
 * @throws E_NON_CANONICAL for what the data model does not hold (NaN, a lone surrogate, undefined in an
 *   array, a class instance, a key `__proto__`), E_TOO_DEEP past `maxDepth`, which also catches cycles
 * @example encodeCanonical({ b: 1, a: 2n }) // bytes a2 61 61 c2 41 02 61 62 01
 */
export function encodeCanonical(value: unknown, limits: EncodeLimits = {}): Uint8Array {
  return withCanonicalBytes(value, (bytes) => bytes.slice(), limits)
}

/**
 * Shows the canonical bytes of a value without copying them: for hashing, or for copying them elsewhere.
 *
 * @param read gets bytes that are valid until it returns
 * @throws what `encodeCanonical` throws
 * @example withCanonicalBytes({ a: 1 }, (bytes) => bytes.length) // 4
 */
export function withCanonicalBytes<T>(
  value: unknown,
  read: (bytes: Uint8Array) => T,
  { maxDepth = DEFAULT_MAX_DEPTH }: EncodeLimits = {},
): T {
  if (busy) return encodeNested(value, read, maxDepth)
  busy = true
  at = 0
  top = 0
  try {
    writeValue(value, maxDepth)
    return read(buffer.subarray(0, at))
  } finally {
    busy = false
    if (buffer.length > KEPT_CAPACITY) buffer = new Uint8Array(FIRST_CAPACITY)
  }
}

/** A getter of the value being encoded, or who reads the bytes, may encode something itself: give that its own buffer. */
function encodeNested<T>(value: unknown, read: (bytes: Uint8Array) => T, maxDepth: number): T {
  const outerBuffer = buffer
  const outerAt = at
  const outerTop = top
  buffer = new Uint8Array(FIRST_CAPACITY)
  at = 0
  // A getter is asked while the fields around it are being collected: they stay where they are.
  top = values.length
  try {
    writeValue(value, maxDepth)
    return read(buffer.subarray(0, at))
  } finally {
    buffer = outerBuffer
    at = outerAt
    top = outerTop
  }
}

interface RememberedBytes {
  readonly bytes: Uint8Array
  /** How deep it nests, itself included. */
  readonly depth: number
}

const remembered = new RecentObjects<object, RememberedBytes>(REMEMBERED)
/** The least `depthLeft` of the objects and arrays written since it was set. */
let deepest = 0

/**
 * The canonical bytes of an immutable object, remembered for a while: what is encoded with the object inside
 * copies them. For artefacts that are written again and again as parts of others.
 *
 * @returns bytes that are shared and must not be changed
 * @throws what `encodeCanonical` throws
 */
export function canonicalBytesOf(artefact: object): Uint8Array {
  const known = remembered.get(artefact)
  if (known !== undefined) return known.bytes
  deepest = DEFAULT_MAX_DEPTH
  const bytes = encodeCanonical(artefact)
  remembered.set(artefact, { bytes, depth: DEFAULT_MAX_DEPTH - deepest })
  return bytes
}

function writeValue(value: unknown, depthLeft: number): void {
  switch (typeof value) {
    case 'string':
      return writeText(value)
    case 'number':
      return writeNumber(value)
    case 'bigint':
      return writeBigint(value)
    case 'boolean':
      return writeHead(0xe0, value ? 21 : 20)
    case 'object':
      if (value === null) return writeHead(0xe0, 22)
      if (value instanceof Uint8Array) return writeBytes(value)
      if (depthLeft <= 0) throw tooDeep()
      if (Array.isArray(value)) return writeArray(value, depthLeft - 1)
      return writeObject(value as Record<string, unknown>, depthLeft - 1)
    default:
      throw notCanonical(`a value of type ${typeof value}`)
  }
}

function writeArray(items: readonly unknown[], depthLeft: number): void {
  if (depthLeft < deepest) deepest = depthLeft
  writeHead(0x80, items.length)
  for (let i = 0; i < items.length; i++) writeValue(items[i], depthLeft)
}

function writeObject(fields: Record<string, unknown>, depthLeft: number): void {
  const known = remembered.get(fields)
  if (known !== undefined && known.depth <= depthLeft + 1) {
    deepest = Math.min(deepest, depthLeft + 1 - known.depth)
    writeWhole(known.bytes)
    return
  }
  if (depthLeft < deepest) deepest = depthLeft
  const prototype: unknown = Object.getPrototypeOf(fields)
  if (prototype !== Object.prototype && prototype !== null) throw notCanonical('an object that is not plain')
  const first = top
  const { heads, places } = readFields(fields, values, first)
  const count = heads.length
  top = first + count
  writeHead(0xa0, count)
  for (let i = 0; i < count; i++) {
    writeRaw(heads[i] as Uint8Array)
    writeValue(values[first + (places[i] as number)], depthLeft)
  }
  top = first
}

/** Writes a key as it was encoded once: in a loop, because keys are too short for `set`. */
function writeRaw(bytes: Uint8Array): void {
  const { length } = bytes
  ensure(length)
  const target = buffer
  const first = at
  for (let i = 0; i < length; i++) target[first + i] = bytes[i] as number
  at = first + length
}

function writeNumber(value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    if (value >= 0) writeHead(0, value)
    else writeHead(0x20, -1 - value)
    return
  }
  if (!Number.isFinite(value)) throw notCanonical(`the number ${value}`)
  ensure(9)
  at = writeFloatBody(buffer, at, value)
}

const word64 = new BigUint64Array(1)
const wordView = new DataView(word64.buffer)
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

function writeBigint(value: bigint): void {
  const negative = value < 0n
  let rest = negative ? -1n - value : value
  writeHead(0xc0, negative ? 3 : 2)
  if (rest === 0n) return writeHead(0x40, 0)
  // Count the bytes, then fill them from the end in 64-bit steps.
  let words = 0
  for (let probe = rest; probe > 0xffff_ffff_ffff_ffffn; probe >>= 64n) words++
  const topBytes = bytesOfWord(rest >> BigInt(64 * words))
  const length = topBytes + 8 * words
  writeHead(0x40, length)
  ensure(length)
  const start = at
  at += length
  for (let end = at; end > start; end -= 8) {
    word64[0] = rest
    for (let i = 0; i < 8 && end - 1 - i >= start; i++) {
      buffer[end - 1 - i] = wordView.getUint8(littleEndian ? i : 7 - i)
    }
    rest >>= 64n
  }
}

function bytesOfWord(word: bigint): number {
  word64[0] = word
  for (let length = 8; length > 1; length--) {
    if (wordView.getUint8(littleEndian ? length - 1 : 8 - length) !== 0) return length
  }
  return 1
}

function writeBytes(bytes: Uint8Array): void {
  writeHead(0x40, bytes.length)
  writeWhole(bytes)
}

function writeWhole(bytes: Uint8Array): void {
  ensure(bytes.length)
  buffer.set(bytes, at)
  at += bytes.length
}

function writeText(text: string): void {
  const length = text.length
  const start = at
  writeHead(0x60, length)
  ensure(length)
  // Local, because a variable of the module is read from memory for every character.
  const target = buffer
  const first = at
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) {
      at = start
      return writeWideText(text)
    }
    target[first + i] = unit
  }
  at = first + length
}

function writeWideText(text: string): void {
  writeHead(0x60, utf8Length(text))
  ensure(3 * text.length)
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number
    if (point < 0x80) buffer[at++] = point
    else if (point < 0x800) {
      buffer[at++] = 0xc0 | (point >> 6)
      buffer[at++] = 0x80 | (point & 63)
    } else if (point < 0x10000) {
      buffer[at++] = 0xe0 | (point >> 12)
      buffer[at++] = 0x80 | ((point >> 6) & 63)
      buffer[at++] = 0x80 | (point & 63)
    } else {
      i++
      buffer[at++] = 0xf0 | (point >> 18)
      buffer[at++] = 0x80 | ((point >> 12) & 63)
      buffer[at++] = 0x80 | ((point >> 6) & 63)
      buffer[at++] = 0x80 | (point & 63)
    }
  }
}

function utf8Length(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number
    if (point >= 0xd800 && point <= 0xdfff) throw notCanonical('text with a lone surrogate')
    if (point >= 0x10000) i++
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return length
}

/** Writes a major type (in the upper three bits) with its shortest argument; the argument is at most 2^53 - 1. */
function writeHead(major: number, argument: number): void {
  ensure(9)
  if (argument < 24) buffer[at++] = major | argument
  else if (argument < 0x100) {
    buffer[at++] = major | 24
    buffer[at++] = argument
  } else if (argument < 0x10000) {
    buffer[at++] = major | 25
    buffer[at++] = argument >>> 8
    buffer[at++] = argument
  } else if (argument < TWO_32) {
    buffer[at++] = major | 26
    writeUint32(argument)
  } else {
    buffer[at++] = major | 27
    writeUint32(Math.floor(argument / TWO_32))
    writeUint32(argument % TWO_32)
  }
}

function writeUint32(value: number): void {
  buffer[at++] = value >>> 24
  buffer[at++] = value >>> 16
  buffer[at++] = value >>> 8
  buffer[at++] = value
}

function ensure(more: number): void {
  if (at + more <= buffer.length) return
  const larger = new Uint8Array(Math.max(2 * buffer.length, at + more))
  larger.set(buffer.subarray(0, at))
  buffer = larger
}

function notCanonical(what: string): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value has no canonical bytes.',
    details: {
      got: what,
      allowed: 'null, booleans, finite numbers, bigints, text, bytes, arrays, plain objects',
    },
  })
}

function tooDeep(): SolventError {
  return new SolventError({
    code: 'E_TOO_DEEP',
    message: 'This value nests too deep to be encoded.',
    hint: 'A value that contains itself ends here too.',
  })
}
