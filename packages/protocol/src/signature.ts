// Signing and checking, as two small interfaces with two implementations: secp256k1 over EIP-712
// digests, and the simulator's keyed stand-in, which refuses the same things.
import type { Address, Hash32 } from '@solvent/primitives'

/** 65 bytes r‖s‖v as 0x-prefixed lower-case hex, s in the lower half of the group order, v 27 or 28. */
export type Signature = `0x${string}`

/** Signs digests with one key. Synchronous: a handler never waits. */
export interface DigestSigner {
  readonly address: Address
  /** The canonical signature of a 32-byte EIP-712 digest. */
  sign(digest: Hash32): Signature
}

/** Checks signatures; refuses every non-canonical form (high s, v outside 27/28, other lengths, upper case). */
export interface SignatureVerifier {
  readonly scheme: SignatureScheme
  /** True when `signature` is canonical and was made over `digest` by the key of `signer` (never the zero address). */
  verify(digest: Hash32, signature: Signature, signer: Address): boolean
}

/** `secp256k1` is the real thing; `stand-in` is a keyed hash with the same refusals, for sweeps. */
export type SignatureScheme = 'secp256k1' | 'stand-in'
