/**
 * Cheap 32-bit mixing for trace digests: MurmurHash3_x86_32 (Appleby 2011, public domain) one word at a time.
 * Not cryptographic: it notices accidents, and SHA-256 over blocks of events stands above it.
 *
 * Results are int32 (V8 keeps those unboxed); use `>>> 0` to print one.
 */
import { DEFAULT_MAX_DEPTH, isForbiddenKey } from './canonical.ts'
import { SolventError } from './error.ts'

const TAG_NULL = 0x11
const TAG_FALSE = 0x12
const TAG_TRUE = 0x13
const TAG_INTEGER = 0x14
const TAG_FLOAT = 0x15
const TAG_BIGINT = 0x16
const TAG_TEXT = 0x17
const TAG_BYTES = 0x18
const TAG_ARRAY = 0x19
const TAG_OBJECT = 0x1a

/**
 * Mixes one 32-bit word into a running hash.
 *
 * @param h running hash, int32
 * @param x word; only its low 32 bits count
 * @example mix32(0, 1) // 651101558
 */
export function mix32(h: number, x: number): number {
  let k = Math.imul(x, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  k = Math.imul(k, 0x1b873593)
  const m = h ^ k
  return (Math.imul((m << 13) | (m >>> 19), 5) + 0xe6546b64) | 0
}

/** Spreads the last words over all bits (murmur3's finaliser); a bijection of int32. */
export function finalise32(h: number): number {
  let m = h ^ (h >>> 16)
  m = Math.imul(m, 0x85ebca6b)
  m ^= m >>> 13
  m = Math.imul(m, 0xc2b2ae35)
  return m ^ (m >>> 16)
}

/** Hash of a string's UTF-16 code units, two to a word. */
export function hash32OfString(text: string): number {
  const length = text.length
  let h = TAG_TEXT
  let i = 0
  for (; i + 1 < length; i += 2) h = mix32(h, text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16))
  if (i < length) h = mix32(h, text.charCodeAt(i))
  return finalise32(h ^ length)
}

/** Hash of bytes, four to a word, little-endian. */
export function hash32OfBytes(bytes: Uint8Array): number {
  const length = bytes.length
  let h = TAG_BYTES
  let i = 0
  for (; i + 3 < length; i += 4) {
    const low = (bytes[i] as number) | ((bytes[i + 1] as number) << 8)
    h = mix32(h, low | ((bytes[i + 2] as number) << 16) | ((bytes[i + 3] as number) << 24))
  }
  for (; i < length; i++) h = mix32(h, bytes[i] as number)
  return finalise32(h ^ length)
}

/**
 * Hash of a value of the canonical data model, by walking it: no bytes are written, nothing is sorted.
 * Equal values have equal hashes whatever the order of their keys, and undefined fields do not count.
 *
 * @throws E_NON_CANONICAL for what the data model does not hold, E_TOO_DEEP past 16 levels
 */
export function hash32OfValue(value: unknown): number {
  return hashValue(value, DEFAULT_MAX_DEPTH)
}

function hashValue(value: unknown, depthLeft: number): number {
  switch (typeof value) {
    case 'string':
      return hash32OfString(value)
    case 'number':
      return hashNumber(value)
    case 'bigint':
      return hashBigint(value)
    case 'boolean':
      return finalise32(value ? TAG_TRUE : TAG_FALSE)
    case 'object':
      if (value === null) return finalise32(TAG_NULL)
      if (value instanceof Uint8Array) return hash32OfBytes(value)
      if (depthLeft <= 0) throw tooDeep()
      if (Array.isArray(value)) return hashArray(value, depthLeft - 1)
      return hashObject(value as Record<string, unknown>, depthLeft - 1)
    default:
      throw notCanonical(`a value of type ${typeof value}`)
  }
}

function hashArray(items: readonly unknown[], depthLeft: number): number {
  let h = TAG_ARRAY
  for (let i = 0; i < items.length; i++) h = mix32(h, hashValue(items[i], depthLeft))
  return finalise32(h ^ items.length)
}

/** Entries are mixed one by one and then added, because a sum does not depend on the order of keys. */
function hashObject(fields: Record<string, unknown>, depthLeft: number): number {
  const prototype: unknown = Object.getPrototypeOf(fields)
  if (prototype !== Object.prototype && prototype !== null) throw notCanonical('an object that is not plain')
  let sum = 0
  let count = 0
  for (const key in fields) {
    const field = fields[key]
    if (field === undefined) continue
    if (isForbiddenKey(key)) throw notCanonical(`the key ${key}`)
    sum = (sum + finalise32(mix32(hash32OfString(key), hashValue(field, depthLeft)))) | 0
    count++
  }
  return finalise32(mix32(mix32(TAG_OBJECT, sum), count))
}

const words64 = new BigUint64Array(1)
const float64 = new Float64Array(words64.buffer)
const words = new Uint32Array(words64.buffer)
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1
const HIGH = 1 - LOW

function hashNumber(value: number): number {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    const high = Math.floor(value / 4294967296)
    return finalise32(mix32(mix32(TAG_INTEGER, value | 0), high))
  }
  if (!Number.isFinite(value)) throw notCanonical(`the number ${value}`)
  float64[0] = value
  return finalise32(mix32(mix32(TAG_FLOAT, words[LOW] as number), words[HIGH] as number))
}

function hashBigint(value: bigint): number {
  let h = value < 0n ? mix32(TAG_BIGINT, 1) : TAG_BIGINT
  let rest = value < 0n ? -value : value
  let length = 0
  do {
    words64[0] = rest
    h = mix32(mix32(h, words[LOW] as number), words[HIGH] as number)
    rest = rest > 0xffff_ffff_ffff_ffffn ? rest >> 64n : 0n
    length++
  } while (rest > 0n)
  return finalise32(h ^ length)
}

function notCanonical(what: string): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value cannot be hashed.',
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
