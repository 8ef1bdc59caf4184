// Bridge messages, S-6: they are believed on the word of enough distinct verifiers of a set that counts, which is judged when
// the word is given: a message that a limiter keeps waiting leaves with the word on which it came in.
import { type Address, type Hash32, hashCanonical } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type ChainEvent,
  type DeliveryEvidence,
  messageKey,
} from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { FlawBook } from './flaw-book.ts'
import { handedIn, signaturesOf } from './handed-in.ts'
import type { SignatureCheck } from './signature-check.ts'
import { problemFlaws as FLAWS, type Problem, signersProblems } from './signers-problems.ts'
import type { Tally } from './tally.ts'
import type { VerifierBook } from './verifier-book.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

/** What words are judged by. */
export interface WordContext {
  readonly check: SignatureCheck
  readonly flaws: FlawBook
  readonly verifiers: VerifierBook
}

export class MessageWordRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #check: SignatureCheck
  readonly #flaws: FlawBook
  readonly #verifiers: VerifierBook
  /** Believed messages that wait in a limiter, with what made them believed. */
  readonly #queued = new Map<Hash32, DeliveryEvidence>()

  constructor(tally: Tally, index: NetworkIndex, { check, flaws, verifiers }: WordContext) {
    this.#tally = tally
    this.#index = index
    this.#check = check
    this.#flaws = flaws
    this.#verifiers = verifiers
  }

  /** Whether a message is believed and waits. */
  waits(digest: Hash32): boolean {
    return this.#queued.has(digest)
  }

  /** A message is believed and waits: its word is judged now. */
  queued(scope: Scope, event: Event<'transfer-queued'>): void {
    this.handedIn(scope, event)
    this.#queued.set(event.digest, event.evidence)
  }

  /** The signers by themselves, then their signatures. What a flaw of the contract explains is no bug. */
  handedIn(
    scope: Scope,
    { message, digest, evidence }: Event<'message-delivered' | 'transfer-queued'>,
  ): void {
    if (evidence.kind !== 'quorum') return
    const { setIndex, signers } = evidence
    this.#tally.checked['S-6']++
    const { chainId } = scope.chain
    const bridge = this.#index.bridges.get(message.bridge)
    const set =
      bridge === undefined ? undefined : this.#verifiers.find(chainId, bridge, setIndex, scope.timestamp)
    const problems: Problem[] =
      set === undefined
        ? [{ detail: `set ${setIndex} does not count at ${scope.timestamp}`, flaws: FLAWS.set }]
        : signersProblems(set, signers)
    const signatures = this.#signaturesProblem(scope, digest, signers)
    if (signatures !== null) problems.push({ detail: signatures, flaws: FLAWS.signature })
    for (const { detail, flaws } of problems) {
      if (this.#flaws.hasAny(chainId, message.bridge, flaws)) continue
      this.#tally.breach(
        'S-6',
        scope.atMs,
        chainId,
        `message ${messageKey(message)} over ${bridge?.name}: ${detail}`,
      )
      return
    }
  }

  /** A message that waited leaves the queue with the word on which it came in. */
  fromQueue(scope: Scope, { message, digest, evidence }: Event<'message-delivered'>): void {
    this.#tally.checked['S-6']++
    const known = this.#queued.get(digest)
    if (known !== undefined && hashCanonical(known) === hashCanonical(evidence)) return
    this.#tally.breach(
      'S-6',
      scope.atMs,
      scope.chain.chainId,
      `message ${messageKey(message)}: no call delivered it, and it did not wait`,
    )
  }

  #signaturesProblem({ transaction }: Scope, of: Hash32, signers: readonly Address[]): string | null {
    const given = handedIn(transaction?.call, of)
    const word = signaturesOf(given)
    if (given === null || word === null) return 'no call delivered it'
    const { setIndex, signatures } = word
    const digest = attestationDigest(attestationOf(given.message, setIndex))
    for (const [i, signer] of signers.entries()) {
      // A contract names them in the order in which they came.
      const inPlace = signatures[i]
      const signed =
        inPlace?.verifier === signer ? inPlace : signatures.find(({ verifier }) => verifier === signer)
      if (signed === undefined) return `no signature of ${signer}`
      const problem = this.#check(digest, signed.signature, signer)
      if (problem !== null) return `the signature of ${signer} ${problem}`
    }
    return null
  }
}
