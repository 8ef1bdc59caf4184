/** The bytes of a packed value while it is written: heads, integers, hex and text into one buffer that grows. */
import { blake3OfView } from './blake3.ts'
import { SolventError } from './error.ts'
import { hexInto } from './hex.ts'

const FIRST_CAPACITY = 4_096
/** A buffer that one large value has grown beyond this is not kept for the rest of the run. */
const KEPT_CAPACITY = 1 << 22
const TWO_32 = 4294967296
const WORD_MAX = 0xffff_ffff_ffff_ffffn
const word = new BigUint64Array(1)
const halves = new Uint32Array(word.buffer)
const float = new Float64Array(word.buffer)
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1
const HIGH = 1 - LOW
const encoder = new TextEncoder()

export class PackedBuffer {
  #buffer: Uint8Array
  #view: DataView
  #at = 0

  constructor(capacity = FIRST_CAPACITY) {
    this.#buffer = new Uint8Array(capacity)
    this.#view = new DataView(this.#buffer.buffer)
  }

  clear(): void {
    this.#at = 0
    if (this.#buffer.length > KEPT_CAPACITY) this.#replace(new Uint8Array(FIRST_CAPACITY))
  }

  /** What has been written, valid until more is. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#at)
  }

  /** BLAKE3 of what has been written. */
  blake3(digest: Uint8Array): Uint8Array {
    return blake3OfView(this.#view, this.#at, digest)
  }

  /** A kind, 0 to 7, and its argument, 0 to 2^53 - 1, in the fewest bytes. */
  head(kind: number, argument: number): void {
    const target = this.#room(9)
    let at = this.#at
    if (argument < 24) target[at++] = (kind << 5) | argument
    else if (argument < 0x100) {
      target[at++] = (kind << 5) | 24
      target[at++] = argument
    } else if (argument < 0x10000) {
      target[at++] = (kind << 5) | 25
      target[at++] = argument >>> 8
      target[at++] = argument
    } else {
      const isLong = argument >= TWO_32
      target[at++] = (kind << 5) | (isLong ? 27 : 26)
      if (isLong) at = putUint32(target, at, Math.floor(argument / TWO_32))
      at = putUint32(target, at, argument >>> 0)
    }
    this.#at = at
  }

  /** A bigint: the argument is twice the number of its bytes, and one more for a negative one. */
  integer(kind: number, value: bigint): void {
    const negative = value < 0n
    const rest = negative ? -1n - value : value
    if (rest > WORD_MAX) return this.#longInteger(kind, rest, negative)
    word[0] = rest
    let length = bytesOf(halves[HIGH] as number)
    length = length > 0 ? 4 + length : bytesOf(halves[LOW] as number)
    this.head(kind, 2 * length + (negative ? 1 : 0))
    const target = this.#room(length)
    let part = halves[LOW] as number
    for (let end = this.#at + length - 1, i = 0; i < length; i++) {
      if (i === 4) part = halves[HIGH] as number
      target[end - i] = part
      part >>>= 8
    }
    this.#at += length
  }

  /** Text that is `0x` and pairs of lower-case hex digits, as the bytes that it spells; false, and nothing is written, for any other. */
  hex(kind: number, text: string): boolean {
    const { length } = text
    if (length < 2 || length % 2 !== 0) return false
    const start = this.#at
    const bytes = length / 2 - 1
    this.head(kind, bytes)
    const isHex = hexInto(this.#room(bytes), this.#at, text)
    this.#at = isHex ? this.#at + bytes : start
    return isHex
  }

  /** Text as UTF-8. */
  text(kind: number, text: string): void {
    if (!text.isWellFormed()) throw loneSurrogate()
    const bytes = encoder.encode(text)
    this.head(kind, bytes.length)
    this.copy(bytes)
  }

  float(value: number): void {
    float[0] = value
    const target = this.#room(8)
    this.#at = putUint32(target, putUint32(target, this.#at, halves[HIGH] as number), halves[LOW] as number)
  }

  copy(bytes: Uint8Array): void {
    this.#room(bytes.length).set(bytes, this.#at)
    this.#at += bytes.length
  }

  /** The same in a loop: a few bytes are too short for `set`. */
  copyShort(bytes: Uint8Array): void {
    const { length } = bytes
    const target = this.#room(length)
    const first = this.#at
    for (let i = 0; i < length; i++) target[first + i] = bytes[i] as number
    this.#at = first + length
  }

  #longInteger(kind: number, value: bigint, negative: boolean): void {
    const digits = value.toString(16)
    const text = digits.length % 2 === 0 ? `0x${digits}` : `0x0${digits}`
    const length = text.length / 2 - 1
    this.head(kind, 2 * length + (negative ? 1 : 0))
    hexInto(this.#room(length), this.#at, text)
    this.#at += length
  }

  #room(more: number): Uint8Array {
    const needed = this.#at + more
    if (needed <= this.#buffer.length) return this.#buffer
    const larger = new Uint8Array(Math.max(2 * this.#buffer.length, needed))
    larger.set(this.#buffer.subarray(0, this.#at))
    this.#replace(larger)
    return larger
  }

  #replace(buffer: Uint8Array): void {
    this.#buffer = buffer
    this.#view = new DataView(buffer.buffer)
  }
}

function putUint32(target: Uint8Array, at: number, value: number): number {
  target[at] = value >>> 24
  target[at + 1] = value >>> 16
  target[at + 2] = value >>> 8
  target[at + 3] = value
  return at + 4
}

/** Bytes of a 32-bit number without those that are zero in front. */
function bytesOf(value: number): number {
  return value === 0 ? 0 : (39 - Math.clz32(value)) >> 3
}

function loneSurrogate(): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value has no packed bytes.',
    details: { got: 'text with a lone surrogate' },
  })
}
