// The audit's own reading of a signature: its canonical form, and who made it. secp256k1 signatures are recovered
// here; the simulator's stand-in is a keyed hash that only its verifier can check.
// Source: EIP-2 (low s), EIP-712; SEC 1 §4.1.6 (public key recovery).
import { secp256k1 } from '@noble/curves/secp256k1'
import {
  type Address,
  bytesToHex,
  type Hash32,
  hexInto,
  hexToBytes,
  keccak256,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { SignatureScheme, SignatureVerifier } from '@solvent/protocol'

/** The order of the group, and half of it, the largest s. */
const ORDER = hexToBytes('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141')
const HALF_ORDER = hexToBytes('0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0')

/** Null when the signature is `signer`'s over `digest` in its one canonical form; otherwise what is wrong with it. */
export type SignatureCheck = (digest: Hash32, signature: string, signer: Address) => string | null

/**
 * Makes the check of a run.
 *
 * @param verifier the stand-in's; not used with secp256k1, and without it stand-in signatures are checked in form only
 */
export function createSignatureCheck(
  scheme: SignatureScheme,
  verifier: SignatureVerifier | undefined,
): SignatureCheck {
  return (digest, signature, signer) => {
    if (signer === ZERO_ADDRESS) return 'of the zero address'
    const formFault = formProblem(signature)
    if (formFault !== null) return formFault
    if (scheme === 'secp256k1') {
      const recovered = recover(digest, signature)
      return recovered === signer ? null : `recovers ${recovered ?? 'nobody'}, expected ${signer}`
    }
    if (verifier === undefined) return null
    return verifier.verify(digest, signature as `0x${string}`, signer) ? null : `is not that of ${signer}`
  }
}

/** 65 bytes of lower-case hex, 0 < r < n, 0 < s <= n/2, v 27 or 28. */
function formProblem(signature: string): string | null {
  if (signature.length !== 132) return `has ${signature.length} characters, expected 132`
  if (!hexInto(bytes, 0, signature)) return 'is not lower-case hex'
  const v = bytes[V_AT]
  if (v !== 27 && v !== 28) return `has v 0x${signature.slice(130)}`
  if (isZero(R_AT) || compare(R_AT, ORDER) >= 0) return 'has an r out of range'
  if (isZero(S_AT)) return 'has an s of zero'
  return compare(S_AT, HALF_ORDER) > 0 ? 'has an s in the upper half' : null
}

/** The signature that is looked at: r, s and v. */
const bytes = new Uint8Array(65)
const R_AT = 0
const S_AT = 32
const V_AT = 64

function isZero(at: number): boolean {
  for (let i = at; i < at + 32; i++) if (bytes[i] !== 0) return false
  return true
}

/** A number of 32 bytes against another, highest byte first: mostly the first one tells. */
function compare(at: number, other: Uint8Array): number {
  for (let i = 0; i < 32; i++) if (bytes[at + i] !== other[i]) return bytes[at + i]! - other[i]!
  return 0
}

function recover(digest: Hash32, signature: string): Address | null {
  try {
    const point = secp256k1.Signature.fromCompact(signature.slice(2, 130))
      .addRecoveryBit(signature.endsWith('b') ? 0 : 1)
      .recoverPublicKey(hexToBytes(digest))
    return bytesToHex(keccak256(point.toBytes(false).subarray(1)).subarray(12)) as Address
  } catch {
    return null
  }
}
