// The verifier's part: it waits until a message's block is as firm as the bridge demands, signs once for each message
// key, and says so until the message has been delivered. A trusted data source is believed at once: that is how a
// poisoned one forges a message.
import type { Ports } from '@solvent/ports'
import type { ChainId, Hash32 } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type BridgeMessage,
  type BridgeSpec,
  type MessageKey,
  messageDigest,
  messageKey,
  type SignedAttestation,
  type SolventVocabulary,
  type SourceLie,
  type TransferVote,
} from '@solvent/protocol'
import type { ChainView, SettlementRules } from '@solvent/settlement'
import { createOutbox, type Release } from '../parts/outbox.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import { AccountBooks } from './account-books.ts'
import type { Accountant } from './accountant.ts'
import type { BridgeListener } from './bridge-listener.ts'
import { DataSource } from './data-source.ts'
import type { Governor } from './governor.ts'
import type { ProofDelay } from './proof-delay.ts'
import { Undelivered } from './undelivered.ts'
import type { VerifierSets } from './verifier-sets.ts'

export interface AttesterInit {
  readonly bridge: BridgeSpec
  readonly sets: Pick<VerifierSets, 'current'>
  readonly view: ChainView
  readonly rules: SettlementRules
  /** Null where the bridge has none. */
  readonly accountant: Accountant | null
  readonly governor: Governor
  /** What it signs later than it could. */
  readonly delay: ProofDelay
  /** Called with every attestation that leaves, also when it leaves again. */
  readonly onAttested: (signed: SignedAttestation) => void
}

export type AttesterPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>

export interface Attester extends BridgeListener {
  /** A trusted source reports a message. */
  report(message: BridgeMessage): void
  /** Its operator decides about what waits with its governor. */
  vote(vote: TransferVote): void
  /** Its data source misleads it from now on. */
  mislead(lie: SourceLie): void
  attested(): number
  waiting(): number
}

interface Candidate {
  readonly message: BridgeMessage
  readonly number: number
  readonly hash: Hash32
}

/** Looks again at what waits for time alone (challenge windows), and at what nobody has delivered. */
const REVIEW_MS = 60_000
const SLOT = 'attestation/'
const DELIVERED = 'attestation-delivered/'

/** Makes the attester of one verifier of one bridge. */
export function createAttester(
  { bridge, sets, view, rules, accountant, governor, delay, onAttested }: AttesterInit,
  ports: AttesterPorts,
): Attester {
  const outbox = createOutbox(ports)
  const timers = createTimerTable<'review'>(ports.timers)
  const candidates = new Map<ChainId, Candidate[]>()
  const undelivered = new Undelivered()
  const source = new DataSource(() => ports.clock.nowMs())
  const books = new AccountBooks(accountant, (message) => {
    ports.meter.count('transfers-withheld')
    ports.log.event({ kind: 'transfer-withheld', message, digest: messageDigest(message) })
  })
  /** Contents signed before a restart under sets that this node has not seen again yet. */
  const resumed = new Map<MessageKey, Hash32>()
  let attested = 0

  const release: Release<SignedAttestation> = ({ value: signed }) => {
    const key = messageKey(signed.attestation)
    attested++
    if (ports.store.get(DELIVERED + key) === undefined) undelivered.signed(signed, ports.clock.nowMs())
    ports.transport.publish('attestations', { type: 'attestation', body: signed })
    onAttested(signed)
  }

  /** Takes a message for true, and signs it where this verifier is in its destination's current set. */
  function attest(message: BridgeMessage): void {
    const key = messageKey(message)
    const known = contentOf(message)
    if (known !== null && known !== messageDigest(message)) {
      ports.meter.count('attestation-conflicts')
      ports.log.text(
        'warn',
        `Message ${key} has been attested with other contents; it is not attested again.`,
      )
      return
    }
    if (known === null && !(governor.admits(message) && books.take(message))) return
    if (ports.store.get(DELIVERED + key) === undefined) undelivered.add(message)
    const { setIndex, verifiers } = sets.current(message.dstChainId)
    const slot = slotOf(key, setIndex)
    if (!verifiers.includes(ports.signer.address) || outbox.has(slot)) return
    const attestation = attestationOf(message, setIndex)
    const digest = attestationDigest(attestation)
    const signature = ports.signer.sign(digest)
    const signed: SignedAttestation = { attestation, message, verifier: ports.signer.address, signature }
    outbox.commit({ slot, digest, value: signed }, release)
  }

  /** What this verifier has signed for a message's key before, under any set; null: nothing. */
  function contentOf(message: BridgeMessage): Hash32 | null {
    const key = messageKey(message)
    const before = resumed.get(key)
    if (before !== undefined) return before
    for (let index = sets.current(message.dstChainId).setIndex; index >= 0; index--) {
      const held = outbox.find<SignedAttestation>(slotOf(key, index))
      if (held !== undefined) return messageDigest(held.value.message)
    }
    return null
  }

  /** A verifier signs for a key once under each set. */
  function slotOf(key: MessageKey, setIndex: number): string {
    return `${SLOT}${key}/${setIndex}`
  }

  /** Attests what has become firm enough. */
  function review(chainId: ChainId): void {
    const waiting = candidates.get(chainId)
    if (waiting === undefined || source.isSilent(chainId)) return
    const left: Candidate[] = []
    for (const candidate of waiting) {
      const { message, number } = candidate
      const isFirm = rules.attestable(view.level(chainId, number), bridge.finality)
      if (isFirm && !delay.keeps(message)) attest(message)
      else left.push(candidate)
    }
    if (left.length === 0) candidates.delete(chainId)
    else candidates.set(chainId, left)
  }

  /** Gossip may have been lost: relayers are told directly until the message is delivered. */
  function resend(): void {
    for (const signed of undelivered.takeDue(ports.clock.nowMs())) {
      for (const { node } of bridge.relayers) {
        if (node === ports.transport.self) onAttested(signed)
        else ports.transport.send(node, { type: 'attestation', body: signed })
      }
    }
  }

  return {
    start() {
      governor.restore()
      outbox.resume<SignedAttestation>(SLOT, (commitment) => {
        const { message } = commitment.value
        const key = messageKey(message)
        books.took(message)
        // Rotations are read from blocks only now: which set to look under is not known yet.
        if (commitment.value.attestation.setIndex > sets.current(message.dstChainId).setIndex)
          resumed.set(key, messageDigest(message))
        if (ports.store.get(DELIVERED + key) === undefined) release(commitment)
      })
      timers.set(REVIEW_MS, 'review')
    },
    onBlock(block) {
      const { header, hash, receipts } = block
      accountant?.onBlock(block)
      for (const { events } of receipts) {
        for (const event of events) {
          if (event.kind !== 'message-sent' || event.message.bridge !== bridge.address) continue
          const message = source.read(event.message)
          if (message === null) continue
          const waiting = candidates.get(header.chainId) ?? []
          waiting.push({ message, number: header.number, hash })
          candidates.set(header.chainId, waiting)
        }
      }
      review(header.chainId)
    },
    onOrphaned(block) {
      const { header, hash, receipts } = block
      accountant?.onOrphaned(block)
      for (const { events } of receipts)
        for (const event of events) if (event.kind === 'message-sent') governor.forget(event.message)
      const waiting = candidates.get(header.chainId)?.filter((candidate) => candidate.hash !== hash)
      if (waiting !== undefined) candidates.set(header.chainId, waiting)
    },
    onFinality: review,
    onRotated(chainId) {
      for (const message of undelivered.towards(chainId)) attest(message)
    },
    onDelivered(key) {
      if (!undelivered.has(key)) return
      undelivered.delete(key)
      if (ports.store.get(DELIVERED + key) === undefined) ports.store.put(DELIVERED + key, new Uint8Array())
    },
    report: attest,
    vote(vote) {
      for (const message of governor.vote(vote)) attest(message)
    },
    mislead(lie) {
      if (lie.lie === 'wrong-chain-id')
        ports.log.text(
          'warn',
          `The data source of chain ${lie.chainId} answers for another chain and is not used.`,
        )
      source.lie(lie)
    },
    onStore: (ticket) => outbox.onStore(ticket),
    onTimer(timer) {
      if (delay.onTimer(timer)) {
        for (const chainId of [...candidates.keys()]) review(chainId)
        return true
      }
      if (timers.take(timer) === undefined) return false
      for (const chainId of [...candidates.keys()]) review(chainId)
      for (const message of [...governor.held(), ...books.withheld()]) attest(message)
      resend()
      timers.set(REVIEW_MS, 'review')
      return true
    },
    attested() {
      return attested
    },
    waiting() {
      let count = 0
      for (const waiting of candidates.values()) count += waiting.length
      return count
    },
  }
}
