/** Writes values of all kinds as canonical bytes; cborg, which reads them back, is the reference it is tested against. */
import { DEFAULT_MAX_DEPTH } from './canonical.ts'
import { notCanonical, tooDeep } from './canonical-refusals.ts'
import {
  beginBytes,
  endBytes,
  inOwnBuffer,
  writeBigint,
  writeBytes,
  writeHead,
  writeNumber,
  writeRaw,
  writeText,
  writeWhole,
  writtenBytes,
} from './canonical-writer.ts'
import { readFields } from './key-layout.ts'
import { RecentObjects } from './remembered.ts'

/** Artefacts whose bytes are kept at least: about a kilobyte each. */
const REMEMBERED = 2_048

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
  top = 0
  beginBytes()
  try {
    writeValue(value, maxDepth)
    return read(writtenBytes())
  } finally {
    busy = false
    endBytes()
  }
}

/** A getter of the value being encoded, or who reads the bytes, may encode something itself: give that its own buffer. */
function encodeNested<T>(value: unknown, read: (bytes: Uint8Array) => T, maxDepth: number): T {
  const outerTop = top
  // A getter is asked while the fields around it are being collected: they stay where they are.
  top = values.length
  try {
    return inOwnBuffer(() => {
      writeValue(value, maxDepth)
      return read(writtenBytes())
    })
  } finally {
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
