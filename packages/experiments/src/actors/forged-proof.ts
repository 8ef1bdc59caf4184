// What an attacker hands in beside a message that was never sent, for each kind of verification.
import { stolenKeysProof as signWithStolenKeys } from '@solvent/nodes'
import { asNodeId, assertNever, ZERO_HASH } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type BridgeSpec,
  createSecp256k1Signer,
  createStandInSigner,
  type DigestSigner,
  MAX_PROOF_HASHES,
  type MessageProof,
  type NetworkSpec,
  privateKeyOf,
  type QuorumVerification,
  type Verification,
  type VerifierSignature,
} from '@solvent/protocol'
import { accountOf } from '../assembly/addresses.ts'

export interface Forger {
  readonly spec: NetworkSpec
  readonly seed: string
  readonly actor: string
}

/** Under which set of verifiers signatures are to count. */
export interface UnderSet {
  readonly setIndex: number
}

/** Nothing at all: the shape of a proof without what convinces. */
export function emptyProof({ verification }: BridgeSpec): MessageProof {
  switch (verification.kind) {
    case 'quorum':
      return { kind: 'quorum', setIndex: verification.setIndex, signatures: [] }
    case 'optimistic':
      return { kind: 'bundle', bundle: 0, leaf: 0, path: [] }
    case 'light-client':
    case 'canonical':
    case 'none':
      return { kind: 'header-inclusion', header: ZERO_HASH, leaf: 0, path: [] }
    default:
      return assertNever(verification)
  }
}

/**
 * Signatures, as many as are needed, under the verifiers' names, made with the forger's own key; or a way to the root of
 * the bridge's first bundle that leads elsewhere.
 */
export function invalidProof(bridge: BridgeSpec, message: BridgeMessage, forger: Forger): MessageProof {
  const { verification } = bridge
  if (verification.kind !== 'quorum') return strayPath(verification)
  const signature = signerOf(forger, forger.actor).sign(digestOf(verification, message))
  return signedBy(
    verification,
    verification.verifiers
      .slice(0, verification.threshold)
      .map(({ address }) => ({ verifier: address, signature })),
  )
}

/** One true signature of somebody who is no verifier. */
export function ownProof(
  { verification }: BridgeSpec,
  message: BridgeMessage,
  forger: Forger & UnderSet,
): MessageProof {
  if (verification.kind !== 'quorum') return strayPath(verification)
  const signer = signerOf(forger, forger.actor)
  const signature = signer.sign(digestOf(forger, message))
  return signedBy(forger, [{ verifier: signer.address, signature }])
}

/** True signatures of the first verifiers, whose keys the forger has. */
export function stolenKeysProof(
  { verification }: BridgeSpec,
  message: BridgeMessage,
  forger: Forger & UnderSet & { readonly keys: number },
): MessageProof {
  if (verification.kind !== 'quorum') return strayPath(verification)
  const { spec, seed, setIndex, keys } = forger
  const of = verification.verifiers.slice(0, keys)
  return signWithStolenKeys(message, { scheme: spec.signatures, seed, setIndex, of })
}

/** A way to a root that leads elsewhere, or to a root that there is not. */
function strayPath({ kind }: Exclude<Verification, QuorumVerification>): MessageProof {
  const place = { leaf: 0, path: Array.from({ length: MAX_PROOF_HASHES }, () => ZERO_HASH) }
  return kind === 'optimistic'
    ? { kind: 'bundle', bundle: 0, ...place }
    : { kind: 'header-inclusion', header: ZERO_HASH, ...place }
}

function digestOf({ setIndex }: UnderSet, message: BridgeMessage) {
  return attestationDigest(attestationOf(message, setIndex))
}

function signedBy({ setIndex }: UnderSet, signatures: readonly VerifierSignature[]): MessageProof {
  const ascending = [...signatures].sort((a, b) => (a.verifier < b.verifier ? -1 : 1))
  return { kind: 'quorum', setIndex, signatures: ascending }
}

/** The signer of a participant's test key. */
function signerOf({ spec, seed }: Forger, name: string): DigestSigner {
  return spec.signatures === 'secp256k1'
    ? createSecp256k1Signer(privateKeyOf(seed, asNodeId(name)))
    : createStandInSigner({ seed, address: accountOf(seed, name) })
}
