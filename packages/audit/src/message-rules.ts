// Bridge messages, S-5 and S-6: what was sent is what is delivered, once, where it is addressed, on the word of enough
// distinct verifiers of a set that counts.
import { type Address, type ChainId, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeSpec,
  type ChainEvent,
  type MessageKey,
  messageDigest,
  messageKey,
} from '@solvent/protocol'
import type { ChainRecord, NetworkIndex, Scope } from './chain-record.ts'
import type { ExploitRegister } from './exploit-register.ts'
import type { SignatureCheck } from './signature-check.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

interface Seen {
  readonly digest: Hash32
  readonly chainId: ChainId
}

interface VerifierSet {
  readonly members: ReadonlySet<Address>
  readonly threshold: number
}

export class MessageRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #check: SignatureCheck
  readonly #exploits: ExploitRegister
  readonly #sent = new Map<MessageKey, Seen>()
  readonly #delivered = new Map<MessageKey, Seen>()

  constructor(tally: Tally, index: NetworkIndex, check: SignatureCheck, exploits: ExploitRegister) {
    this.#tally = tally
    this.#index = index
    this.#check = check
    this.#exploits = exploits
  }

  sent(scope: Scope, { message, digest }: Event<'message-sent'>): void {
    this.#tally.checked['S-5']++
    const key = messageKey(message)
    const { chainId } = scope.chain
    if (messageDigest(message) !== digest)
      this.#conflict(
        scope,
        `message ${key} is sent with digest ${digest}, its fields give ${messageDigest(message)}`,
      )
    if (message.srcChainId !== chainId) this.#conflict(scope, `message ${key} is sent on chain ${chainId}`)
    const known = this.#sent.get(key)
    if (known !== undefined)
      this.#conflict(scope, `message ${key} is sent again, as ${digest} after ${known.digest}`)
    else this.#sent.set(key, { digest, chainId })
    const delivered = this.#delivered.get(key)
    if (delivered !== undefined) this.#same(scope, key, digest, delivered.digest)
  }

  delivered(scope: Scope, event: Event<'message-delivered'>): void {
    const { message, digest } = event
    this.#tally.checked['S-5']++
    const key = messageKey(message)
    const { chainId } = scope.chain
    if (messageDigest(message) !== digest)
      this.#conflict(
        scope,
        `message ${key} is delivered with digest ${digest}, its fields give ${messageDigest(message)}`,
      )
    if (message.dstChainId !== chainId)
      this.#conflict(scope, `message ${key} for chain ${message.dstChainId} is delivered on chain ${chainId}`)
    const known = this.#delivered.get(key)
    if (known !== undefined) {
      this.#conflict(
        scope,
        `message ${key} is delivered on chain ${chainId} as ${digest}, and before on chain ${known.chainId} as ${known.digest}`,
      )
    } else this.#delivered.set(key, { digest, chainId })
    const sent = this.#sent.get(key)
    if (sent !== undefined) this.#same(scope, key, sent.digest, digest)
    this.#quorum(scope, event)
  }

  /** A conflict that a chain raised must be one. */
  conflict(scope: Scope, { message, digest, known }: Event<'message-conflict'>): void {
    this.#tally.checked['S-5']++
    const key = messageKey(message)
    if (digest === known || this.#delivered.get(key)?.digest !== known) {
      this.#conflict(
        scope,
        `conflict over message ${key} between ${known} and ${digest}, delivered was ${this.#delivered.get(key)?.digest}`,
      )
    }
  }

  /** Takes an event of an orphaned block back. */
  undo(chain: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'message-sent' && event.kind !== 'message-delivered') return
    const seen = event.kind === 'message-sent' ? this.#sent : this.#delivered
    const key = messageKey(event.message)
    if (seen.get(key)?.chainId === chain.chainId) seen.delete(key)
  }

  /** One key, two digests: a conflict, unless one of them is the declared forgery. */
  #same(scope: Scope, key: MessageKey, sent: Hash32, delivered: Hash32): void {
    if (sent === delivered || this.#exploits.isDeclared(delivered)) return
    this.#conflict(scope, `message ${key} was sent as ${sent} and delivered as ${delivered}`)
  }

  /** S-6: the signers by themselves, then their signatures. */
  #quorum(scope: Scope, { message, evidence }: Event<'message-delivered'>): void {
    const { setIndex, signers } = evidence
    this.#tally.checked['S-6']++
    const bridge = this.#index.bridges.get(message.bridge)
    const set = bridge === undefined ? undefined : setOf(bridge, setIndex, scope.timestamp)
    const fault =
      set === undefined
        ? `set ${setIndex} does not count at ${scope.timestamp}`
        : signersProblem(set, signers)
    const call = scope.transaction?.call
    const problem =
      fault ?? (call?.kind === 'deliver' ? this.#signaturesProblem(call, signers) : 'no call delivered it')
    if (problem !== null)
      this.#tally.breach(
        'S-6',
        scope.atMs,
        scope.chain.chainId,
        `message ${messageKey(message)} over ${bridge?.name}: ${problem}`,
      )
  }

  #signaturesProblem(
    call: Extract<NonNullable<Scope['transaction']>['call'], { kind: 'deliver' }>,
    signers: readonly Address[],
  ): string | null {
    const digest = attestationDigest(attestationOf(call.message, call.proof.setIndex))
    for (const signer of signers) {
      const signed = call.proof.signatures.find(({ verifier }) => verifier === signer)
      if (signed === undefined) return `no signature of ${signer}`
      const problem = this.#check(digest, signed.signature, signer)
      if (problem !== null) return `the signature of ${signer} ${problem}`
    }
    return null
  }

  #conflict(scope: Scope, detail: string): void {
    this.#tally.breach(
      'S-5',
      scope.atMs,
      scope.chain.chainId,
      `block ${scope.block.header.number}: ${detail}`,
    )
  }
}

function setOf({ verification }: BridgeSpec, setIndex: number, now: number): VerifierSet | undefined {
  if (setIndex === verification.setIndex) {
    const { verifiers, threshold } = verification
    return { members: new Set(verifiers.map(({ address }) => address)), threshold }
  }
  const retired = verification.retiredSets?.find((set) => set.setIndex === setIndex && now <= set.validUntil)
  return retired === undefined
    ? undefined
    : { members: new Set(retired.verifiers), threshold: retired.threshold }
}

function signersProblem({ members, threshold }: VerifierSet, signers: readonly Address[]): string | null {
  if (threshold < 1 || members.size < 1) return `a threshold of ${threshold} of ${members.size}`
  for (let i = 0; i < signers.length; i++) {
    const signer = signers[i]!
    if (i > 0 && signer <= signers[i - 1]!) return `signer ${signer} does not follow ${signers[i - 1]}`
    if (signer === ZERO_ADDRESS || !members.has(signer)) return `${signer} is no verifier`
  }
  return signers.length < threshold ? `${signers.length} signers of ${threshold}` : null
}
