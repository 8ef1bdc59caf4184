/** Cryptographic hashes as text and of values: synchronous and in JavaScript, so that a trace is the same on every machine. */
import { blake3 } from './blake3.ts'
import { withCanonicalBytes } from './canonical-encode.ts'
import { bytesToHex } from './hex.ts'
import type { Hash32 } from './ids.ts'
import { keccak256 } from './keccak256.ts'
import { sha256 } from './sha256.ts'

/** A digest on its way to text. */
const digest = new Uint8Array(32)

/** SHA-256 of bytes as lower-case hex. */
export function sha256Hex(bytes: Uint8Array): Hash32 {
  return bytesToHex(sha256(bytes, digest)) as Hash32
}

/** BLAKE3 of bytes as lower-case hex. */
export function blake3Hex(bytes: Uint8Array): Hash32 {
  return bytesToHex(blake3(bytes, digest)) as Hash32
}

/** Keccak-256 of bytes as lower-case hex. */
export function keccakHex(bytes: Uint8Array): Hash32 {
  return bytesToHex(keccak256(bytes, digest)) as Hash32
}

/**
 * SHA-256 of the canonical bytes of a value: the id of a thing that is its content.
 *
 * @throws what `encodeCanonical` throws
 */
export function hashCanonical(value: unknown): Hash32 {
  return withCanonicalBytes(value, sha256Hex)
}
