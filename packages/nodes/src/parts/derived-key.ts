// Keys of nodes in a run: they derive from its seed, so that whoever may know one can be given it as plain data.
import type { Address } from '@solvent/primitives'
import {
  createSecp256k1Signer,
  createStandInSigner,
  type DigestSigner,
  privateKeyOf,
  type SignatureScheme,
} from '@solvent/protocol'

/** What test keys derive from. */
export interface KeyRoot {
  readonly scheme: SignatureScheme
  readonly seed: string
}

/** Whose key it is: a node, or one of a node's further keys. */
export interface KeyOwner {
  readonly node: string
  readonly address: Address
}

/** Signs with the key of a node. */
export function derivedSigner({ scheme, seed }: KeyRoot, { node, address }: KeyOwner): DigestSigner {
  return scheme === 'secp256k1'
    ? createSecp256k1Signer(privateKeyOf(seed, node))
    : createStandInSigner({ seed, address })
}
