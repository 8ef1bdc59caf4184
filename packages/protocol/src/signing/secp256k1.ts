// secp256k1 over EIP-712 digests (tiny-secp256k1, Bitcoin Core's libsecp256k1 as WebAssembly: a check takes a tenth of
// the time that one in JavaScript takes): RFC 6979 nonces, low s, checked by recovering the signer.
import { type Address, bytesToHex, type Hash32, hexToBytes, ZERO_ADDRESS } from '@solvent/primitives'
import { type RecoveryIdType, recover as recoverPoint, signRecoverable } from 'tiny-secp256k1'
import type { DigestSigner, Signature, SignatureVerifier } from '../signature.ts'
import { addressOf, addressOfPoint, keyBytes, type PrivateKey } from './account.ts'
import { isCanonicalSignature } from './canonical-signature.ts'

/**
 * A signer with a real key. Signing is deterministic: the same key and digest give the same signature.
 *
 * @throws E_BAD_KEY
 */
export function createSecp256k1Signer(privateKey: PrivateKey): DigestSigner {
  const key = keyBytes(privateKey)
  return {
    address: addressOf(privateKey),
    sign(digest) {
      const { signature, recoveryId } = signRecoverable(hexToBytes(digest), key)
      const v = recoveryId === 0 ? '1b' : '1c'
      return `${bytesToHex(signature)}${v}` as Signature
    },
  }
}

/** A verifier that recovers the signer of a canonical signature and compares addresses; it never throws. */
export function createSecp256k1Verifier(): SignatureVerifier {
  return {
    scheme: 'secp256k1',
    verify: (digest, signature, signer) =>
      signer !== ZERO_ADDRESS && isCanonicalSignature(signature) && recover(digest, signature) === signer,
  }
}

/** Null where no point has this r, or the recovered one is at infinity. */
function recover(digest: Hash32, signature: Signature): Address | null {
  try {
    const recoveryId: RecoveryIdType = signature.endsWith('b') ? 0 : 1
    const point = recoverPoint(hexToBytes(digest), hexToBytes(signature.slice(0, 130)), recoveryId, false)
    return point === null ? null : addressOfPoint(point)
  } catch {
    return null
  }
}
