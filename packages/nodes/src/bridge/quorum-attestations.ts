// External verifiers as a source of proofs: signatures are collected from gossip, and a message is ready when enough
// verifiers have signed one content of it. A content that no chain has sent becomes ready all the same: that is how a
// forged packet is delivered.
import type { Ports } from '@solvent/ports'
import {
  attestationDigest,
  attestationOf,
  messageKey,
  type NetworkSpec,
  type QuorumVerification,
  type SignedAttestation,
  type SolventVocabulary,
} from '@solvent/protocol'
import { AttestationPool, quorumOf } from './attestation-pool.ts'
import { type AttestationSource, type AttestationSourceInit, deafSource } from './attestation-source.ts'
import { deliveryCost } from './delivery-cost.ts'

export interface QuorumAttestationsInit extends AttestationSourceInit {
  readonly spec: NetworkSpec
  readonly verification: QuorumVerification
}

export type QuorumAttestationsPorts = Pick<Ports<SolventVocabulary>, 'transport' | 'meter'>

/** Makes the source of a bridge with external verifiers. */
export function createQuorumAttestations(
  { spec, bridge, verification, onNews }: QuorumAttestationsInit,
  ports: QuorumAttestationsPorts,
): AttestationSource {
  const { setIndex, threshold } = verification
  const pool = new AttestationPool(bridge.address, verification)

  function onAttestation(signed: SignedAttestation): ReturnType<AttestationSource['onAttestation']> {
    const outcome = pool.collect(signed)
    if (outcome.status === 'invalid') return { reject: outcome.reason }
    if (outcome.status === 'known') return 'ignore'
    if (outcome.status === 'foreign') return 'accept'
    const { collected, evidence } = outcome
    if (evidence !== null) {
      ports.meter.count('conflicting-attestations')
      ports.transport.publish('evidence', { type: 'evidence', body: evidence })
    }
    if (collected.signatures.size >= threshold) onNews(collected.message)
    return 'accept'
  }

  return {
    ...deafSource,
    onAttestation,
    onDelivered: (key) => pool.drop(key),
    readiness(message) {
      const digest = attestationDigest(attestationOf(message, setIndex))
      const collected = pool.find(messageKey(message), digest)
      const signatures = collected === undefined ? null : quorumOf(collected, threshold)
      if (signatures === null) return { status: 'waiting', reason: 'too-few-signatures', untilMs: null }
      const proof = { kind: 'quorum', setIndex, signatures } as const
      return { status: 'ready', proof, cost: deliveryCost(spec, message, proof) }
    },
    snapshot: () => pool.all(),
    restore(state) {
      for (const signed of state as readonly SignedAttestation[]) onAttestation(signed)
    },
  }
}
