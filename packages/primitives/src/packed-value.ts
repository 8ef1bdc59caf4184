/**
 * Packed bytes while they are written, one value at a time: what `packed-hash.ts` hashes. A value of any shape is walked; one
 * whose shape is known is written field by field, which gives the same bytes without looking its keys up.
 */
import { blake3 } from './blake3.ts'
import { DEFAULT_MAX_DEPTH } from './canonical.ts'
import { SolventError } from './error.ts'
import { bytesToHex } from './hex.ts'
import type { Hash32 } from './ids.ts'
import { type KeyLayout, readFields } from './key-layout.ts'
import { PackedBuffer } from './packed-buffer.ts'

/** Kinds of what follows a head; the argument is a value, a length or a count. */
const NATURAL = 0
const NEGATIVE = 1
const OTHER = 2
const INTEGER = 3
const HEX = 4
const TEXT = 5
const LIST = 6
/** Of a text or a list of keys in the order of their first appearance. */
const AGAIN = 7

/** Arguments of OTHER. */
const NULL = 0
const FALSE = 1
const TRUE = 2
const FLOAT = 3
const BYTES = 4
const OBJECT = 5

/** A longer text is a hash, a signature or prose, and seldom comes twice. */
const LONGEST_KEPT = 42
/** Texts that are kept at most from one value to the next. */
const MOST_KEPT = 16_384
/** Bytes of the BLAKE3 of an object's keys: which ones there are, a program decides, and nobody who writes to it. */
const FINGERPRINT_BYTES = 8

/** A text or a list of keys, and whether it has been written into the value at hand. */
interface Kept {
  readonly bytes: Uint8Array
  /** The value into which it was written last. */
  serial: number
  /** Among those written into that value. */
  place: number
}

const out = new PackedBuffer()
/** On its way to text. */
const digest = new Uint8Array(32)
const encoder = new TextEncoder()
let texts = new Map<string, Kept>()
/** By id. */
const layouts: Kept[] = []
/** By name, of those without an id. */
let layoutsByName = new Map<string, Kept>()
let serial = 0
let places = 0
const values: unknown[] = []
let top = 0

/** Begins the bytes of a value of this kind. */
export function beginPacked(domain: string): void {
  if (texts.size > MOST_KEPT) texts = new Map()
  if (layoutsByName.size > MOST_KEPT) layoutsByName = new Map()
  serial++
  places = 0
  top = 0
  out.clear()
  packText(domain)
}

/** BLAKE3 of what has been written since. */
export function endPacked(): Hash32 {
  return bytesToHex(out.blake3(digest)) as Hash32
}

/** The keys of an object that is written field by field. */
export type PackedKeys = Kept

/**
 * Keys that are known beforehand, in the order in which their values are to be written: shorter ones first, then bytewise.
 *
 * @throws E_INVARIANT for another order
 */
export function packedKeys(...keys: readonly string[]): PackedKeys {
  const layout = readFields(Object.fromEntries(keys.map((key) => [key, true])), [], 0)
  if (layout.keys.join() !== keys.join()) {
    throw new SolventError({
      code: 'E_INVARIANT',
      message: 'Keys are not in the order in which an object is hashed.',
      details: { got: keys.join(', '), expected: layout.keys.join(', ') },
    })
  }
  return keptLayout(layout)
}

/** Keys: the values of its fields follow, in their order. */
export function packKeys(keys: PackedKeys): void {
  packKept(keys)
}

/** A list: its items follow. */
export function packList(items: number): void {
  out.head(LIST, items)
}

export function packInteger(value: bigint): void {
  out.integer(INTEGER, value)
}

/** Anything else that can be hashed. */
export function packValue(value: unknown): void {
  packNested(value, DEFAULT_MAX_DEPTH)
}

function packNested(value: unknown, depthLeft: number): void {
  switch (typeof value) {
    case 'string':
      return packText(value)
    case 'number':
      return packNumber(value)
    case 'bigint':
      return out.integer(INTEGER, value)
    case 'boolean':
      return out.head(OTHER, value ? TRUE : FALSE)
    case 'object':
      if (value === null) return out.head(OTHER, NULL)
      if (value instanceof Uint8Array) {
        out.head(OTHER, BYTES)
        out.head(LIST, value.length)
        return out.copy(value)
      }
      if (depthLeft <= 0) throw tooDeep()
      if (Array.isArray(value)) {
        out.head(LIST, value.length)
        for (let i = 0; i < value.length; i++) packNested(value[i], depthLeft - 1)
        return
      }
      return packObject(value as Record<string, unknown>, depthLeft - 1)
    default:
      throw notCanonical(`a value of type ${typeof value}`)
  }
}

function packObject(fields: Record<string, unknown>, depthLeft: number): void {
  const prototype: unknown = Object.getPrototypeOf(fields)
  if (prototype !== Object.prototype && prototype !== null) throw notCanonical('an object that is not plain')
  const first = top
  const layout = readFields(fields, values, first)
  const { places } = layout
  top = first + places.length
  packKept(keptLayout(layout))
  for (let i = 0; i < places.length; i++) packNested(values[first + (places[i] as number)], depthLeft)
  top = first
}

export function packText(text: string): void {
  if (text.length > LONGEST_KEPT) {
    if (!out.hex(HEX, text)) out.text(TEXT, text)
    return
  }
  packKept(texts.get(text) ?? keepText(text))
}

function packKept(kept: Kept): void {
  if (kept.serial === serial) return out.head(AGAIN, kept.place)
  kept.serial = serial
  kept.place = places++
  out.copyShort(kept.bytes)
}

function keepText(text: string): Kept {
  const own = new PackedBuffer(2 * LONGEST_KEPT)
  if (!own.hex(HEX, text)) own.text(TEXT, text)
  const kept = { bytes: own.bytes().slice(), serial: 0, place: 0 }
  texts.set(text, kept)
  return kept
}

function keptLayout(layout: KeyLayout): Kept {
  return layouts[layout.id] ?? layoutsByName.get(layout.name) ?? keepLayout(layout)
}

function keepLayout({ name, id }: KeyLayout): Kept {
  const own = new PackedBuffer(1 + FINGERPRINT_BYTES)
  own.head(OTHER, OBJECT)
  own.copy(blake3(encoder.encode(name)).subarray(0, FINGERPRINT_BYTES))
  const kept = { bytes: own.bytes().slice(), serial: 0, place: 0 }
  if (id < 0) layoutsByName.set(name, kept)
  else layouts[id] = kept
  return kept
}

export function packNumber(value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    if (value >= 0) out.head(NATURAL, value)
    else out.head(NEGATIVE, -1 - value)
    return
  }
  if (!Number.isFinite(value)) throw notCanonical(`the number ${value}`)
  out.head(OTHER, FLOAT)
  out.float(value)
}

function notCanonical(what: string): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value has no packed bytes.',
    details: { got: what },
  })
}

function tooDeep(): SolventError {
  return new SolventError({
    code: 'E_TOO_DEEP',
    message: 'This value nests too deep to be hashed.',
    hint: 'A value that contains itself ends here too.',
  })
}
