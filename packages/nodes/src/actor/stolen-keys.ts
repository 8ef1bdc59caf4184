// What an attacker signs with keys of others that it has stolen or broken. Keys derive from the run's seed, as the verifiers' own do.
import { type Address, asNodeId } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  createSecp256k1Signer,
  createStandInSigner,
  type DigestSigner,
  type MessageProof,
  privateKeyOf,
  type SignatureScheme,
} from '@solvent/protocol'

/** What test keys derive from. */
export interface KeyRoot {
  readonly scheme: SignatureScheme
  readonly seed: string
}

export interface StolenKeys extends KeyRoot {
  /** Under which set of verifiers the signatures are to count. */
  readonly setIndex: number
  readonly of: readonly KeyOwner[]
}

interface KeyOwner {
  readonly node: string
  readonly address: Address
}

/** True signatures of those whose keys were stolen, by increasing address. */
export function stolenKeysProof(message: BridgeMessage, keys: StolenKeys): MessageProof {
  const { setIndex, of } = keys
  const digest = attestationDigest(attestationOf(message, setIndex))
  const signatures = of
    .map(({ node, address }) => ({
      verifier: address,
      signature: stolenSigner(keys, { node, address }).sign(digest),
    }))
    .sort((a, b) => (a.verifier < b.verifier ? -1 : 1))
  return { kind: 'quorum', setIndex, signatures }
}

/** Signs with the key of a node. */
export function stolenSigner({ scheme, seed }: KeyRoot, { node, address }: KeyOwner): DigestSigner {
  return scheme === 'secp256k1'
    ? createSecp256k1Signer(privateKeyOf(seed, asNodeId(node)))
    : createStandInSigner({ seed, address })
}
