// Two commitments of one signer that cannot both stand: what a watcher remembers of the first, to show it beside the
// second. Signatures have been checked at the door. Memory is bounded: the oldest commitments are forgotten.
import { type Hash32, ZERO_HASH } from '@solvent/primitives'
import {
  attestationDigest,
  awardDigest,
  type Evidence,
  headerDigest,
  messageKey,
  type SignedAttestation,
  type SignedAward,
  type SignedHeader,
} from '@solvent/protocol'

/** Commitments remembered of each kind. */
const MAX_REMEMBERED = 16_384

class FirstSeen<T> {
  readonly #seen = new Map<string, { readonly digest: Hash32; readonly value: T }>()
  readonly #reported = new Set<string>()

  /** The first commitment under the key when it differs and the pair is news; else null. */
  conflictWith(key: string, digest: Hash32, value: T): T | null {
    const first = this.#seen.get(key)
    if (first === undefined) {
      this.#seen.set(key, { digest, value })
      if (this.#seen.size > MAX_REMEMBERED) this.#seen.delete(this.#seen.keys().next().value ?? ZERO_HASH)
      return null
    }
    if (first.digest === digest || this.#reported.has(key)) return null
    this.#reported.add(key)
    return first.value
  }
}

export class EvidenceBook {
  readonly #awards = new FirstSeen<SignedAward>()
  readonly #attestations = new FirstSeen<SignedAttestation>()
  readonly #headers = new FirstSeen<SignedHeader>()

  award(second: SignedAward): Evidence | null {
    const { orderId, auctioneer } = second.award
    const first = this.#awards.conflictWith(`${auctioneer}/${orderId}`, awardDigest(second.award), second)
    return first === null ? null : { kind: 'conflicting-awards', first, second }
  }

  attestation(second: SignedAttestation): Evidence | null {
    const key = `${second.verifier}/${second.attestation.setIndex}/${messageKey(second.attestation)}`
    const first = this.#attestations.conflictWith(key, attestationDigest(second.attestation), second)
    return first === null ? null : { kind: 'conflicting-attestations', first, second }
  }

  header(second: SignedHeader): Evidence | null {
    const { producer, chainId, number } = second.header
    const first = this.#headers.conflictWith(
      `${producer}/${chainId}/${number}`,
      headerDigest(second.header),
      second,
    )
    return first === null ? null : { kind: 'conflicting-headers', first, second }
  }
}

/** Whether evidence shows what it says: one signer, one slot, two digests; or a time before the end. */
export function isConflict(evidence: Evidence): boolean {
  switch (evidence.kind) {
    case 'early-opening':
      return evidence.opening.askedAt <= evidence.opening.closesAt
    case 'conflicting-awards': {
      const { award: first } = evidence.first
      const { award: second } = evidence.second
      return (
        first.auctioneer === second.auctioneer &&
        first.orderId === second.orderId &&
        awardDigest(first) !== awardDigest(second)
      )
    }
    case 'conflicting-attestations': {
      const { first, second } = evidence
      return (
        first.verifier === second.verifier &&
        first.attestation.setIndex === second.attestation.setIndex &&
        messageKey(first.attestation) === messageKey(second.attestation) &&
        attestationDigest(first.attestation) !== attestationDigest(second.attestation)
      )
    }
    case 'conflicting-headers': {
      const { header: first } = evidence.first
      const { header: second } = evidence.second
      return (
        first.producer === second.producer &&
        first.chainId === second.chainId &&
        first.number === second.number &&
        headerDigest(first) !== headerDigest(second)
      )
    }
  }
}
