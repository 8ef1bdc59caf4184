// What an attacker signs with keys of others that it has stolen or broken.
import { attestationDigest, attestationOf, type BridgeMessage, type MessageProof } from '@solvent/protocol'
import { derivedSigner, type KeyOwner, type KeyRoot } from '../parts/derived-key.ts'

export interface StolenKeys extends KeyRoot {
  /** Under which set of verifiers the signatures are to count. */
  readonly setIndex: number
  readonly of: readonly KeyOwner[]
}

/** True signatures of those whose keys were stolen, by increasing address. */
export function stolenKeysProof(message: BridgeMessage, keys: StolenKeys): MessageProof {
  const { setIndex, of } = keys
  const digest = attestationDigest(attestationOf(message, setIndex))
  const signatures = of
    .map(({ node, address }) => ({
      verifier: address,
      signature: derivedSigner(keys, { node, address }).sign(digest),
    }))
    .sort((a, b) => (a.verifier < b.verifier ? -1 : 1))
  return { kind: 'quorum', setIndex, signatures }
}
