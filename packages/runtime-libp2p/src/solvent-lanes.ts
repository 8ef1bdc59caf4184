// Which of Solvent's messages may travel which way. Sealed bids never go by gossip, artefacts never on another's
// topic, and nobody answers with a question.
import type { Message, MessageType, Topic } from '@solvent/protocol'
import type { Lane } from './door/inspection.ts'
import type { Severity } from './penalty-ledger.ts'

const topicOf: Readonly<Partial<Record<MessageType, Topic>>> = {
  order: 'orders',
  award: 'awards',
  header: 'headers',
  attestation: 'attestations',
  evidence: 'evidence',
}

const requests: ReadonlySet<MessageType> = new Set([
  'quote-request',
  'bid',
  'sealed-bid',
  'bid-share',
  'share-request',
  'solution',
  'side-channel',
  'transaction',
  'block-request',
  'order-request',
  'control',
])

const replies: ReadonlySet<MessageType> = new Set([
  'quote',
  'receipt',
  'bid-shares',
  'blocks',
  'orders',
  'control-reply',
])

/** Direct messages: what gossip carries, pushed to one peer, and reports of data sources. */
export function fitsLane(lane: Lane, { type }: Message): boolean {
  switch (lane.via) {
    case 'gossip':
      return topicOf[type] === lane.topic
    case 'request':
      return requests.has(type)
    case 'reply':
      return replies.has(type)
    case 'direct':
      return topicOf[type] !== undefined || type === 'source-report'
  }
}

/** Bids and quotes come from their author's own connection: a bad signature there is no relay's oversight. */
export function forgerySeverity({ type }: Message): Severity {
  return type === 'bid' ||
    type === 'sealed-bid' ||
    type === 'bid-share' ||
    type === 'solution' ||
    type === 'quote'
    ? 'fatal'
    : 'low'
}
