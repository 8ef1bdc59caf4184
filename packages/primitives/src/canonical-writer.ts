/** The bytes of single values, written one after the other into one buffer that is used again and again: the hot path of encoding. */
import { notCanonical } from './canonical-refusals.ts'
import { writeFloatBody } from './shortest-float.ts'

const TWO_32 = 4294967296
const FIRST_CAPACITY = 4096
/** A buffer that one large value has grown is not kept for the rest of the run. */
const KEPT_CAPACITY = 1 << 20

let buffer: Uint8Array = new Uint8Array(FIRST_CAPACITY)
let at = 0

/** From here on an encoding is written. */
export function beginBytes(): void {
  at = 0
}

/** What has been written, valid until the next encoding begins. */
export function writtenBytes(): Uint8Array {
  return buffer.subarray(0, at)
}

export function endBytes(): void {
  if (buffer.length > KEPT_CAPACITY) buffer = new Uint8Array(FIRST_CAPACITY)
}

/** Writes into a buffer of its own while another encoding is under way. */
export function inOwnBuffer<T>(write: () => T): T {
  const outerBuffer = buffer
  const outerAt = at
  buffer = new Uint8Array(FIRST_CAPACITY)
  at = 0
  try {
    return write()
  } finally {
    buffer = outerBuffer
    at = outerAt
  }
}

/** Writes a key as it was encoded once: in a loop, because keys are too short for `set`. */
export function writeRaw(bytes: Uint8Array): void {
  const { length } = bytes
  ensure(length)
  const target = buffer
  const first = at
  for (let i = 0; i < length; i++) target[first + i] = bytes[i] as number
  at = first + length
}

export function writeNumber(value: number): void {
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

export function writeBigint(value: bigint): void {
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

export function writeBytes(bytes: Uint8Array): void {
  writeHead(0x40, bytes.length)
  writeWhole(bytes)
}

export function writeWhole(bytes: Uint8Array): void {
  ensure(bytes.length)
  buffer.set(bytes, at)
  at += bytes.length
}

export function writeText(text: string): void {
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
export function writeHead(major: number, argument: number): void {
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
