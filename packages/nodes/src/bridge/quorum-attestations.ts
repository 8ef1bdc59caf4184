// External verifiers as a source of proofs: signatures are collected from gossip, and a message is ready when enough
// verifiers have signed one content of it. A content that no chain has sent becomes ready all the same: that is how a
// forged packet is delivered.
import type { Ports } from '@solvent/ports'
import { MS_PER_SECOND } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type MessageProof,
  messageKey,
  type QuorumVerification,
  type SignedAttestation,
  type SolventVocabulary,
} from '@solvent/protocol'
import { AttestationPool, quorumOf } from './attestation-pool.ts'
import { type AttestationSource, type AttestationSourceInit, deafSource } from './attestation-source.ts'
import { type DeliveryMarket, deliveryCost } from './delivery-cost.ts'
import type { VerifierSets } from './verifier-sets.ts'

export interface QuorumAttestationsInit extends AttestationSourceInit {
  readonly verification: QuorumVerification
  readonly sets: VerifierSets
  readonly sender: DeliveryMarket
}

export type QuorumAttestationsPorts = Pick<Ports<SolventVocabulary>, 'clock' | 'transport' | 'meter'>

/** Makes the source of a bridge with external verifiers. */
export function createQuorumAttestations(
  { bridge, verification, sets, sender, onNews }: QuorumAttestationsInit,
  ports: QuorumAttestationsPorts,
): AttestationSource {
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
    if (proofOf(collected.message) !== null) onNews(collected.message)
    return 'accept'
  }

  /** A quorum of the current set, or of one in its grace. */
  function proofOf(message: BridgeMessage): MessageProof | null {
    const now = Math.floor(ports.clock.nowMs() / MS_PER_SECOND)
    for (const set of sets.accepted(message.dstChainId, now)) {
      const digest = attestationDigest(attestationOf(message, set.setIndex))
      const collected = pool.find(messageKey(message), digest)
      const signatures = collected === undefined ? null : quorumOf(collected, set)
      if (signatures !== null) return { kind: 'quorum', setIndex: set.setIndex, signatures }
    }
    return null
  }

  return {
    ...deafSource,
    onAttestation,
    onRotated(chainId) {
      for (const message of pool.messages()) if (message.dstChainId === chainId) onNews(message)
    },
    onDelivered: (key) => pool.drop(key),
    readiness(message) {
      const proof = proofOf(message)
      if (proof === null) return { status: 'waiting', reason: 'too-few-signatures', untilMs: null }
      return { status: 'ready', proof, cost: deliveryCost(sender, message, proof) }
    },
    snapshot: () => pool.all(),
    restore(state) {
      for (const signed of state as readonly SignedAttestation[]) onAttestation(signed)
    },
  }
}
