// The simulator's stand-in for signatures: a keyed hash of (seed, signer, digest) in the form of a canonical signature.
// It refuses what secp256k1 refuses and costs a thousandth. It protects nothing: whoever knows the seed can sign for
// anyone, and the mixing (four murmur3 lanes, 128 bits) is not cryptographic. Runs say which scheme they used.
import {
  type Address,
  bytesToHex,
  finalise32,
  type Hash32,
  hash32OfString,
  hexInto,
  mix32,
  SolventError,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { DigestSigner, Signature, SignatureVerifier } from '../signature.ts'

const WORDS = 16
const SIGNATURE_BYTES = 4 * WORDS + 1
const DIGEST_BYTES = 32
const ADDRESS_BYTES = 20
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
  const bytes = new Uint8Array(SIGNATURE_BYTES)
  return {
    address,
    sign(digest) {
      const recovery = tag.compute(digest, address)
      if (recovery < 0) throw notHex(digest)
      bytes[4 * WORDS] = 27 + recovery
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
      return recovery >= 0 && spells(signature, tag.words, recovery)
    },
  }
}

interface Tag {
  /** r and s as 16 words, valid until the next `compute`. */
  readonly words: Int32Array
  /** Fills `words`; returns the recovery bit, or -1 when the digest or the address is not lower-case hex. */
  compute(digest: Hash32, signer: Address): number
}

/** Signers whose lanes are kept at most. */
const MOST_SIGNERS = 16_384

function createTag(seed: string): Tag {
  const start = Int32Array.from(LANE_KEYS, (key) => mix32(key, hash32OfString(`${key}/${seed}`)))
  const words = new Int32Array(WORDS)
  const digestWords = new Int32Array(DIGEST_BYTES / 4)
  /** What the words are of: several sign the same, and what is signed is checked. */
  let lastDigest: Hash32 | null = null
  /** The four lanes after a signer's address: the same few sign again and again. */
  const signers = new Map<Address, Int32Array>()
  return {
    words,
    compute(digest, signer) {
      let lanes = signers.get(signer)
      if (lanes === undefined) {
        if (signers.size >= MOST_SIGNERS) signers.clear()
        const mixed = lanesOf(start, signer)
        if (mixed === null) return -1
        lanes = mixed
        signers.set(signer, lanes)
      }
      if (digest !== lastDigest) {
        lastDigest = null
        if (!hexInto(read, 0, digest)) return -1
        for (let i = 0; i < digestWords.length; i++) digestWords[i] = readView.getInt32(4 * i)
        lastDigest = digest
      }
      let a = lanes[0] as number
      let b = lanes[1] as number
      let c = lanes[2] as number
      let d = lanes[3] as number
      // Side by side, because each step of a lane waits for the one before; they meet below.
      for (let i = 0; i < digestWords.length; i++) {
        const word = digestWords[i] as number
        a = mix32(a, word)
        b = mix32(b, word)
        c = mix32(c, word)
        d = mix32(d, word)
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

/** The lanes after an address, each mixed with the one before; null when it is not lower-case hex. */
function lanesOf(start: Int32Array, signer: Address): Int32Array | null {
  if (signer.length !== 2 + 2 * ADDRESS_BYTES || !hexInto(read, 0, signer)) return null
  const lanes = Int32Array.from(start)
  for (let i = 0; i < ADDRESS_BYTES; i += 4) {
    let word = readView.getInt32(i)
    for (let lane = 0; lane < lanes.length; lane++) {
      const mixed = mix32(lanes[lane] as number, word)
      lanes[lane] = mixed
      word ^= mixed
    }
  }
  return lanes
}

/** What is signed, or by whom, as bytes: while one is computed or compared, nothing else is. */
const read = new Uint8Array(DIGEST_BYTES)
const readView = new DataView(read.buffer)
const spelt = new Uint8Array(SIGNATURE_BYTES)
const speltView = new DataView(spelt.buffer)

function spells(signature: string, words: Int32Array, recovery: number): boolean {
  if (!hexInto(spelt, 0, signature)) return false
  for (let i = 0; i < WORDS; i++) if (speltView.getInt32(4 * i) !== words[i]) return false
  return spelt[4 * WORDS] === 27 + recovery
}

function notHex(digest: Hash32): SolventError {
  return new SolventError({
    code: 'E_BAD_HEX',
    message: 'A digest is 32 bytes in lower-case hex.',
    details: { got: digest },
  })
}
