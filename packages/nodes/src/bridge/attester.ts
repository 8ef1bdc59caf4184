// The verifier's part: it waits until a message's block is as firm as the bridge demands, signs once for each message
// key, and says so until the message has been delivered. A trusted data source is believed at once: that is how a
// poisoned one forges a message.
import type { Ports, StoreTicket, TimerId } from '@solvent/ports'
import type { ChainId, Hash32 } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type MessageKey,
  messageDigest,
  messageKey,
  type QuorumVerification,
  type SignedAttestation,
  type SolventVocabulary,
} from '@solvent/protocol'
import type { ChainView, SettlementRules } from '@solvent/settlement'
import { createOutbox, type Release } from '../parts/outbox.ts'
import { createTimerTable } from '../parts/timer-table.ts'
import type { Accountant } from './accountant.ts'

export interface AttesterInit {
  readonly bridge: BridgeSpec
  readonly verification: QuorumVerification
  readonly view: ChainView
  readonly rules: SettlementRules
  /** Null where the bridge has none. */
  readonly accountant: Accountant | null
  /** Called with every attestation that leaves, also when it leaves again. */
  readonly onAttested: (signed: SignedAttestation) => void
}

export type AttesterPorts = Pick<
  Ports<SolventVocabulary>,
  'clock' | 'timers' | 'transport' | 'signer' | 'store' | 'log' | 'meter'
>

export interface Attester {
  /** Lets what was attested before a crash leave again. */
  start(): void
  /** Every followed block, in order. */
  onBlock(block: Block): void
  /** A block is no longer followed: what it sent was not sent. */
  onOrphaned(block: Block): void
  /** Finality of a chain has moved. */
  onFinality(chainId: ChainId): void
  /** A message is on its destination chain. */
  onDelivered(key: MessageKey): void
  /** A trusted source reports a message. */
  report(message: BridgeMessage): void
  onStore(ticket: StoreTicket): boolean
  onTimer(timer: TimerId): boolean
  readonly attested: number
  readonly waiting: number
}

interface Candidate {
  readonly message: BridgeMessage
  readonly number: number
  readonly hash: Hash32
}

interface Undelivered {
  readonly signed: SignedAttestation
  tries: number
  nextAtMs: number
}

/** Looks again at what waits for time alone (challenge windows), and at what nobody has delivered. */
const REVIEW_MS = 60_000
const RESEND_MS = 120_000
const RESEND_CAP_MS = 1_800_000
const MAX_UNDELIVERED = 10_000
const SLOT = 'attestation/'
const DELIVERED = 'attestation-delivered/'

/** Makes the attester of one verifier of one bridge. */
export function createAttester(
  { bridge, verification, view, rules, accountant, onAttested }: AttesterInit,
  ports: AttesterPorts,
): Attester {
  const outbox = createOutbox(ports)
  const timers = createTimerTable<'review'>(ports.timers)
  const candidates = new Map<ChainId, Candidate[]>()
  const undelivered = new Map<MessageKey, Undelivered>()
  /** Transfers that the accountant does not cover, by key; looked at again when balances have moved. */
  const withheld = new Map<MessageKey, BridgeMessage>()
  let attested = 0

  const release: Release<SignedAttestation> = ({ value: signed }) => {
    const key = messageKey(signed.attestation)
    attested++
    if (ports.store.get(DELIVERED + key) === undefined) {
      undelivered.set(key, { signed, tries: 0, nextAtMs: ports.clock.nowMs() + RESEND_MS })
      if (undelivered.size > MAX_UNDELIVERED)
        undelivered.delete(undelivered.keys().next().value as MessageKey)
    }
    ports.transport.publish('attestations', { type: 'attestation', body: signed })
    onAttested(signed)
  }

  function attest(message: BridgeMessage): void {
    const key = messageKey(message)
    const attestation = attestationOf(message, verification.setIndex)
    const digest = attestationDigest(attestation)
    const held = outbox.find<SignedAttestation>(SLOT + key)
    if (held === undefined) {
      if (accountant?.covers(message) === false) return withhold(key, message)
      withheld.delete(key)
      accountant?.apply(message)
      const signature = ports.signer.sign(digest)
      const signed: SignedAttestation = { attestation, message, verifier: ports.signer.address, signature }
      outbox.commit({ slot: SLOT + key, digest, value: signed }, release)
    } else if (held.digest !== digest) {
      ports.meter.count('attestation-conflicts')
      ports.log.text(
        'warn',
        `Message ${key} has been attested with other contents; it is not attested again.`,
      )
    }
  }

  function withhold(key: MessageKey, message: BridgeMessage): void {
    if (withheld.has(key)) return
    if (withheld.size >= MAX_UNDELIVERED) withheld.delete(withheld.keys().next().value as MessageKey)
    withheld.set(key, message)
    ports.meter.count('transfers-withheld')
    ports.log.event({ kind: 'transfer-withheld', message, digest: messageDigest(message) })
  }

  /** Attests what has become firm enough. */
  function review(chainId: ChainId): void {
    const waiting = candidates.get(chainId)
    if (waiting === undefined) return
    const left: Candidate[] = []
    for (const candidate of waiting) {
      if (rules.attestable(view.level(chainId, candidate.number), bridge.finality)) attest(candidate.message)
      else left.push(candidate)
    }
    if (left.length === 0) candidates.delete(chainId)
    else candidates.set(chainId, left)
  }

  /** Gossip may have been lost: relayers are told directly until the message is delivered. */
  function resend(): void {
    const nowMs = ports.clock.nowMs()
    for (const each of undelivered.values()) {
      if (each.nextAtMs > nowMs) continue
      each.tries++
      each.nextAtMs = nowMs + Math.min(RESEND_MS << Math.min(each.tries, 4), RESEND_CAP_MS)
      for (const { node } of bridge.relayers) {
        if (node === ports.transport.self) onAttested(each.signed)
        else ports.transport.send(node, { type: 'attestation', body: each.signed })
      }
    }
  }

  return {
    start() {
      outbox.resume<SignedAttestation>(SLOT, (commitment) => {
        accountant?.apply(commitment.value.message)
        if (ports.store.get(DELIVERED + commitment.slot.slice(SLOT.length)) === undefined) release(commitment)
      })
      timers.set(REVIEW_MS, 'review')
    },
    onBlock(block) {
      const { header, hash, receipts } = block
      accountant?.onBlock(block)
      for (const { events } of receipts) {
        for (const event of events) {
          if (event.kind !== 'message-sent' || event.message.bridge !== bridge.address) continue
          const waiting = candidates.get(header.chainId) ?? []
          waiting.push({ message: event.message, number: header.number, hash })
          candidates.set(header.chainId, waiting)
        }
      }
      review(header.chainId)
    },
    onOrphaned(block) {
      const { header, hash } = block
      accountant?.onOrphaned(block)
      const waiting = candidates.get(header.chainId)?.filter((candidate) => candidate.hash !== hash)
      if (waiting !== undefined) candidates.set(header.chainId, waiting)
    },
    onFinality: review,
    onDelivered(key) {
      undelivered.delete(key)
      if (ports.store.get(DELIVERED + key) === undefined && outbox.has(SLOT + key)) {
        ports.store.put(DELIVERED + key, new Uint8Array())
      }
    },
    report: attest,
    onStore: (ticket) => outbox.onStore(ticket),
    onTimer(timer) {
      if (timers.take(timer) === undefined) return false
      for (const chainId of [...candidates.keys()]) review(chainId)
      for (const message of [...withheld.values()]) attest(message)
      resend()
      timers.set(REVIEW_MS, 'review')
      return true
    },
    get attested() {
      return attested
    },
    get waiting() {
      let count = 0
      for (const waiting of candidates.values()) count += waiting.length
      return count
    },
  }
}
