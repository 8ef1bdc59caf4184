// The source of proofs of a bridge: its kind of verification decides.
import type { Ports } from '@solvent/ports'
import { assertNever } from '@solvent/primitives'
import type { NetworkSpec, SolventVocabulary } from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { AttestationSource, AttestationSourceInit } from './attestation-source.ts'
import { createCanonicalExits } from './canonical-exits.ts'
import { createHeaderInclusion } from './header-inclusion.ts'
import { createQuorumAttestations } from './quorum-attestations.ts'
import type { VerifierSets } from './verifier-sets.ts'

export interface AnySourceInit extends AttestationSourceInit {
  /** Who verifies where. */
  readonly sets: VerifierSets
  readonly spec: NetworkSpec
  readonly sender: TransactionSender
  readonly view: ChainView
}

/** Makes the source of proofs for a relayer of the bridge. */
export function createAttestationSource(
  init: AnySourceInit,
  ports: Omit<Ports<SolventVocabulary>, 'execution'>,
): AttestationSource {
  const { verification } = init.bridge
  switch (verification.kind) {
    case 'quorum':
      return createQuorumAttestations({ ...init, verification }, ports)
    case 'light-client':
      return createHeaderInclusion({ ...init, verification }, ports)
    case 'canonical':
      return createCanonicalExits(
        { ...init, headers: createHeaderInclusion({ ...init, verification }, ports) },
        ports,
      )
    case 'optimistic':
    case 'none':
      throw new Error(`A bridge with verification ${verification.kind} has no source of proofs of this kind.`)
    default:
      return assertNever(verification)
  }
}
