// The simulator's stand-in for signatures: a keyed hash of (seed, signer, digest) in the form of a canonical signature.
// It refuses what secp256k1 refuses and costs a thousandth. It protects nothing: whoever knows the seed can sign for
// anyone, and the mixing (four murmur3 lanes, 128 bits) is not cryptographic. Runs say which scheme they used.
import {
  type Address,
  bytesToHex,
  finalise32,
  type Hash32,
  hash32OfString,
  mix32,
  SolventError,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { DigestSigner, Signature, SignatureVerifier } from '../signature.ts'

const WORDS = 16
const NIBBLES = '0123456789abcdef'
const NIBBLE_CODES = Uint8Array.from(NIBBLES, (digit) => digit.charCodeAt(0))
const LANE_KEYS = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const // the first digits of π, in hex

/**
 * A signer of the stand-in scheme for one account.
 *
 * @throws E_BAD_KEY for the zero address, for which nobody signs
 */
export function createStandInSigner({ seed, address }: { seed: string; address: Address }): DigestSigner {
  if (address === ZERO_ADDRESS) {
    throw new SolventError({ code: 'E_BAD_KEY', message: 'Nobody signs for the zero address.' })
  }
  const tag = createTag(seed)
  const bytes = new Uint8Array(4 * WORDS + 1)
  return {
    address,
    sign(digest) {
      bytes[4 * WORDS] = 27 + tag.compute(digest, address)
      for (let i = 0; i < 4 * WORDS; i++) bytes[i] = (tag.words[i >> 2] as number) >>> (24 - 8 * (i & 3))
      return bytesToHex(bytes) as Signature
    },
  }
}

/** A verifier of the stand-in scheme: compares with the one signature that this signer and digest have; it never throws. */
export function createStandInVerifier({ seed }: { seed: string }): SignatureVerifier {
  const tag = createTag(seed)
  return {
    scheme: 'stand-in',
    verify(digest, signature, signer) {
      if (signature.length !== 132 || signer === ZERO_ADDRESS) return false
      const recovery = tag.compute(digest, signer)
      return spells(signature, tag.words, recovery)
    },
  }
}

interface Tag {
  /** r and s as 16 words, valid until the next `compute`. */
  readonly words: Int32Array
  /** Fills `words`; returns the recovery bit. */
  compute(digest: Hash32, signer: Address): number
}

function createTag(seed: string): Tag {
  const lanes = Int32Array.from(LANE_KEYS, (key) => mix32(key, hash32OfString(`${key}/${seed}`)))
  const words = new Int32Array(WORDS)
  return {
    words,
    compute(digest, signer) {
      let a = lanes[0] as number
      let b = lanes[1] as number
      let c = lanes[2] as number
      let d = lanes[3] as number
      for (let i = 2; i < 66; i += 8) {
        const word = hexWord(digest, i)
        a = mix32(a, word)
        b = mix32(b, word ^ a)
        c = mix32(c, word ^ b)
        d = mix32(d, word ^ c)
      }
      for (let i = 2; i < 42; i += 8) {
        const word = hexWord(signer, i)
        a = mix32(a, word)
        b = mix32(b, word ^ a)
        c = mix32(c, word ^ b)
        d = mix32(d, word ^ c)
      }
      for (let i = 0; i < WORDS; i += 4) {
        a = mix32(a, d ^ i)
        b = mix32(b, a)
        c = mix32(c, b)
        d = mix32(d, c)
        words[i] = finalise32(a)
        words[i + 1] = finalise32(b)
        words[i + 2] = finalise32(c)
        words[i + 3] = finalise32(d)
      }
      // r below the group order and not zero, s in its lower half and not zero.
      words[0] = ((words[0] as number) & 0x7fffffff) | 1
      words[8] = ((words[8] as number) & 0x3fffffff) | 1
      return (a ^ d) & 1
    },
  }
}

/** Eight hex digits as an int32: for lower-case digits `code + 9 · (code >> 6)` ends in the digit's value. */
function hexWord(text: string, at: number): number {
  let word = 0
  for (let i = at; i < at + 8; i++) {
    const code = text.charCodeAt(i)
    word = (word << 4) | ((code + 9 * (code >> 6)) & 15)
  }
  return word
}

function spells(signature: string, words: Int32Array, recovery: number): boolean {
  if (signature.charCodeAt(0) !== 0x30 || signature.charCodeAt(1) !== 0x78) return false
  for (let i = 0, at = 2; i < WORDS; i++) {
    const word = words[i] as number
    for (let shift = 28; shift >= 0; shift -= 4) {
      if (signature.charCodeAt(at++) !== NIBBLE_CODES[(word >>> shift) & 15]) return false
    }
  }
  return signature.charCodeAt(130) === 0x31 && signature.charCodeAt(131) === (recovery === 0 ? 0x62 : 0x63)
}
