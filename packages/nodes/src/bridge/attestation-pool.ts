// Attestations as a relayer collects them: signatures under one content of one message, until there are enough.
import type { Address, Hash32 } from '@solvent/primitives'
import {
  allVerifiers,
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type Evidence,
  type MessageKey,
  messageKey,
  type QuorumVerification,
  type SignedAttestation,
  type VerifierSetTerms,
  type VerifierSignature,
} from '@solvent/protocol'

/** One content of one message and who signed it. */
export interface CollectedMessage {
  readonly key: MessageKey
  readonly digest: Hash32
  /** The set under which they signed. */
  readonly setIndex: number
  readonly message: BridgeMessage
  readonly signatures: ReadonlyMap<Address, SignedAttestation>
}

export type CollectOutcome =
  | { readonly status: 'collected'; readonly collected: CollectedMessage; readonly evidence: Evidence | null }
  /** We have this signature, or the message has been delivered. */
  | { readonly status: 'known' }
  /** Not of this bridge. */
  | { readonly status: 'foreign' }
  | { readonly status: 'invalid'; readonly reason: string }

/** Messages under collection, at most; the oldest are forgotten, their verifiers say them again. */
const MAX_MESSAGES = 10_000

export class AttestationPool {
  readonly #bridge: Address
  /** Everybody who verifies for it, now or in a set to come: which set counts is the contract's question. */
  readonly #verifiers: ReadonlySet<Address>
  readonly #messages = new Map<
    MessageKey,
    Map<Hash32, CollectedMessage & { signatures: Map<Address, SignedAttestation> }>
  >()

  constructor(bridge: Address, verification: QuorumVerification) {
    this.#bridge = bridge
    this.#verifiers = new Set([
      ...allVerifiers(verification).map(({ address }) => address),
      ...(verification.retiredSets ?? []).flatMap(({ verifiers }) => verifiers),
    ])
  }

  /** Takes an attestation whose signature has been verified at the door. */
  collect(signed: SignedAttestation): CollectOutcome {
    const { attestation, message, verifier } = signed
    if (attestation.bridge !== this.#bridge) return { status: 'foreign' }
    if (!this.#verifiers.has(verifier)) return { status: 'invalid', reason: 'not-a-verifier' }
    const digest = attestationDigest(attestation)
    if (attestationDigest(attestationOf(message, attestation.setIndex)) !== digest) {
      return { status: 'invalid', reason: 'attestation-of-another-message' }
    }
    const key = messageKey(message)
    const contents = this.#messages.get(key) ?? this.#begin(key)
    let collected = contents.get(digest)
    if (collected?.signatures.has(verifier) === true) return { status: 'known' }
    if (collected === undefined) {
      const { setIndex } = attestation
      collected = { key, digest, setIndex, message, signatures: new Map() }
      contents.set(digest, collected)
    }
    collected.signatures.set(verifier, signed)
    return { status: 'collected', collected, evidence: this.#conflict(contents, signed, digest) }
  }

  find(key: MessageKey, digest: Hash32): CollectedMessage | undefined {
    return this.#messages.get(key)?.get(digest)
  }

  /** The messages under collection, in the order of arrival; of a key with several contents each. */
  messages(): BridgeMessage[] {
    return [...this.#messages.values()].flatMap((contents) =>
      [...contents.values()].map(({ message }) => message),
    )
  }

  /** The message needs no more signatures. */
  drop(key: MessageKey): void {
    this.#messages.delete(key)
  }

  /** Everything collected, in the order of arrival. */
  all(): SignedAttestation[] {
    return [...this.#messages.values()].flatMap((contents) =>
      [...contents.values()].flatMap((each) => [...each.signatures.values()]),
    )
  }

  #begin(key: MessageKey): Map<Hash32, CollectedMessage & { signatures: Map<Address, SignedAttestation> }> {
    if (this.#messages.size >= MAX_MESSAGES)
      this.#messages.delete(this.#messages.keys().next().value as MessageKey)
    const contents = new Map<Hash32, CollectedMessage & { signatures: Map<Address, SignedAttestation> }>()
    this.#messages.set(key, contents)
    return contents
  }

  /** Two contents of one key under one verifier's name, in one set, cannot both stand. */
  #conflict(
    contents: ReadonlyMap<Hash32, CollectedMessage>,
    signed: SignedAttestation,
    digest: Hash32,
  ): Evidence | null {
    for (const [other, collected] of contents) {
      if (other === digest || collected.setIndex !== signed.attestation.setIndex) continue
      const first = collected.signatures.get(signed.verifier)
      if (first !== undefined) return { kind: 'conflicting-attestations', first, second: signed }
    }
    return null
  }
}

/** Exactly as many signatures of the set's members as it asks for, by strictly increasing address; null while there are too few. */
export function quorumOf(
  { signatures }: CollectedMessage,
  { verifiers, threshold }: Pick<VerifierSetTerms, 'verifiers' | 'threshold'>,
): VerifierSignature[] | null {
  if (signatures.size < threshold) return null
  const members = [...signatures.values()].filter(({ verifier }) => verifiers.includes(verifier))
  if (members.length < threshold) return null
  return members
    .map(({ verifier, signature }) => ({ verifier, signature }))
    .sort((a, b) => (a.verifier < b.verifier ? -1 : a.verifier > b.verifier ? 1 : 0))
    .slice(0, threshold)
}
