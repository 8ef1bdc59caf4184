/**
 * SHA-256 (FIPS 180-4). Noble's is the reference it is tested against; this one exists for its speed on short
 * inputs: a block's worth takes a quarter of the time (0.25 against 1.0 µs on Node 24).
 */
import { compressSha256 } from './sha256-compression.ts'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
/** The length in bits stands in the last eight bytes of the last block. */
const LENGTH_BYTES = 8
const TWO_29 = 0x2000_0000

/** A short input is copied here, because a view of its own costs more than the copy. */
const SHORT_BYTES = 512

const state = new Int32Array(8)
const words = new Int32Array(16)
const short = new Uint8Array(SHORT_BYTES)
const shortView = new DataView(short.buffer)
/** What is left after the last whole block, padded to one block or two. */
const tail = new Uint8Array(2 * BLOCK_BYTES)
const tailView = new DataView(tail.buffer)

/**
 * SHA-256 of bytes: 32 bytes.
 *
 * @param digest where they are put; 32 new bytes unless given
 * @example bytesToHex(sha256(new Uint8Array())) // '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 */
export function sha256(bytes: Uint8Array, digest: Uint8Array = new Uint8Array(DIGEST_BYTES)): Uint8Array {
  const { length } = bytes
  if (length > SHORT_BYTES)
    return sha256OfView(new DataView(bytes.buffer, bytes.byteOffset, length), length, digest)
  short.set(bytes)
  return sha256OfView(shortView, length, digest)
}

/** SHA-256 of the first bytes behind a view. */
function sha256OfView(bytes: DataView, length: number, digest: Uint8Array): Uint8Array {
  begin()
  let at = 0
  for (; at + BLOCK_BYTES <= length; at += BLOCK_BYTES) mix(bytes, at)
  const end = pad(bytes, at, length)
  for (let block = 0; block < end; block += BLOCK_BYTES) mix(tailView, block)
  for (let i = 0; i < DIGEST_BYTES; i++) digest[i] = (state[i >> 2] as number) >>> (24 - 8 * (i & 3))
  return digest
}

/** The first 32 bits of the fractional parts of the square roots of the first eight primes (§5.3.3). */
function begin(): void {
  state[0] = 0x6a09e667
  state[1] = 0xbb67ae85
  state[2] = 0x3c6ef372
  state[3] = 0xa54ff53a
  state[4] = 0x510e527f
  state[5] = 0x9b05688c
  state[6] = 0x1f83d9ab
  state[7] = 0x5be0cd19
}

/** Mixes one block into the state, the highest byte of each word first. */
function mix(bytes: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = bytes.getInt32(at + 4 * i)
  compressSha256(state, words)
}

/** The bytes from `from` on, a one bit, zeros, and the length in bits (§5.1.1); where that ends in the tail. */
function pad(bytes: DataView, from: number, length: number): number {
  const rest = length - from
  const end = rest + 1 + LENGTH_BYTES <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES
  for (let i = 0; i < rest; i++) tail[i] = bytes.getUint8(from + i)
  tail[rest] = 0x80
  for (let i = rest + 1; i < end - LENGTH_BYTES; i++) tail[i] = 0
  tailView.setInt32(end - 8, Math.floor(length / TWO_29))
  tailView.setInt32(end - 4, length << 3)
  return end
}
