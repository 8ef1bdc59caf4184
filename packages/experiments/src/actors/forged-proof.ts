// What an attacker hands in beside a message that was never sent, for each kind of verification.
import { ZERO_HASH } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type BridgeSpec,
  createSecp256k1Signer,
  createStandInSigner,
  MAX_PROOF_HASHES,
  type MessageProof,
  type NetworkSpec,
  privateKeyOf,
} from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'

export interface Forger {
  readonly spec: NetworkSpec
  readonly seed: string
  readonly actor: string
}

/** Nothing at all: the shape of a proof without what convinces. */
export function emptyProof({ verification }: BridgeSpec): MessageProof {
  return verification.kind === 'quorum'
    ? { kind: 'quorum', setIndex: verification.setIndex, signatures: [] }
    : { kind: 'bundle', bundle: 0, leaf: 0, path: [] }
}

/**
 * Signatures, as many as are needed, under the verifiers' names, made with the forger's own key; or a way to the root of
 * the bridge's first bundle that leads elsewhere.
 */
export function invalidProof(
  { verification }: BridgeSpec,
  message: BridgeMessage,
  { spec, seed, actor }: Forger,
): MessageProof {
  if (verification.kind !== 'quorum')
    return {
      kind: 'bundle',
      bundle: 0,
      leaf: 0,
      path: Array.from({ length: MAX_PROOF_HASHES }, () => ZERO_HASH),
    }
  const signer =
    spec.signatures === 'secp256k1'
      ? createSecp256k1Signer(privateKeyOf(seed, actor))
      : createStandInSigner({ seed, address: accountOf(seed, actor) })
  const signature = signer.sign(attestationDigest(attestationOf(message, verification.setIndex)))
  const verifiers = verification.verifiers.map(({ address }) => address).sort((a, b) => (a < b ? -1 : 1))
  return {
    kind: 'quorum',
    setIndex: verification.setIndex,
    signatures: verifiers.slice(0, verification.threshold).map((verifier) => ({ verifier, signature })),
  }
}
