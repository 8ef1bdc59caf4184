// The source of proofs of a bridge: its kind of verification decides.
import type { Ports } from '@solvent/ports'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import type { AttestationSource, AttestationSourceInit } from './attestation-source.ts'
import { createQuorumAttestations } from './quorum-attestations.ts'

export interface AnySourceInit extends AttestationSourceInit {
  readonly spec: NetworkSpec
}

/** Makes the source of proofs for a relayer of the bridge. */
export function createAttestationSource(
  init: AnySourceInit,
  ports: Omit<Ports<SolventVocabulary>, 'execution'>,
): AttestationSource {
  const { verification } = init.bridge
  if (verification.kind !== 'quorum')
    throw new Error(`No source of proofs is made here for ${verification.kind}.`)
  return createQuorumAttestations({ ...init, verification }, ports)
}
