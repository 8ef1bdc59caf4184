// The worker of the signature pool: checks secp256k1 signatures off the main thread.
import { createSecp256k1Verifier } from '@solvent/protocol'
import type { SignatureClaim } from './message-door.ts'

const verifier = createSecp256k1Verifier()

/** True when every claim holds. */
export default function verifyClaims(claims: readonly SignatureClaim[]): boolean {
  return claims.every(({ digest, signature, signer }) => verifier.verify(digest, signature, signer))
}
