// The packed bytes of a receipt, field by field: entries are most of what is hashed, and bridges' events come by the thousand.
// Events of other kinds are written as values of any shape.
import {
  type Hash32,
  packedKeys,
  packInteger,
  packKeys,
  packList,
  packNumber,
  packText,
  packValue,
} from '@solvent/primitives'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { Receipt } from './block.ts'
import type { ChainEvent } from './chain-event.ts'
import type { JournalEntry, Leg } from './journal.ts'

const RECEIPT = packedKeys('events', 'reason', 'status', 'entries', 'gasUsed', 'transactionHash')
const ENTRY = packedKeys('legs', 'cause', 'index', 'rounding')
const LEG = packedKeys('kind', 'owner', 'token', 'amount')
const MESSAGE_SENT = packedKeys('kind', 'digest', 'message')
const MESSAGE_DELIVERED = packedKeys('kind', 'digest', 'message', 'evidence')
const BRIDGE_TRANSFER = packedKeys('kind', 'step', 'token', 'amount', 'bridge', 'message')

type MessageEvent = Extract<ChainEvent, { message: BridgeMessage }>

/** Whether a message is in the event, which counts by its digest. */
export function carriesMessage(event: ChainEvent): event is MessageEvent {
  return 'message' in event && typeof event.message === 'object'
}

/**
 * Writes a receipt.
 *
 * @param digestOf the digest of a message that an event carries, at hand: nothing is hashed meanwhile
 */
export function packReceipt(receipt: Receipt, digestOf: (event: MessageEvent) => Hash32): void {
  const { events, reason, status, entries, gasUsed, transactionHash } = receipt
  packKeys(RECEIPT)
  packList(events.length)
  for (let i = 0; i < events.length; i++) packEvent(events[i] as ChainEvent, digestOf)
  packValue(reason)
  packText(status)
  packList(entries.length)
  for (let i = 0; i < entries.length; i++) packEntry(entries[i] as JournalEntry)
  packNumber(gasUsed)
  packText(transactionHash)
}

function packEvent(event: ChainEvent, digestOf: (event: MessageEvent) => Hash32): void {
  if (event.kind === 'bridge-transfer') {
    packKeys(BRIDGE_TRANSFER)
    packText(event.kind)
    packText(event.step)
    packText(event.token)
    packInteger(event.amount)
    packText(event.bridge)
    packText(event.message)
  } else if (event.kind === 'message-sent') {
    packKeys(MESSAGE_SENT)
    packText(event.kind)
    packText(event.digest)
    packText(digestOf(event))
  } else if (event.kind === 'message-delivered') {
    packKeys(MESSAGE_DELIVERED)
    packText(event.kind)
    packText(event.digest)
    packText(digestOf(event))
    packValue(event.evidence)
  } else {
    packValue(carriesMessage(event) ? { ...event, message: digestOf(event) } : event)
  }
}

function packEntry({ legs, cause, index, rounding }: JournalEntry): void {
  packKeys(ENTRY)
  packList(legs.length)
  for (let i = 0; i < legs.length; i++) packLeg(legs[i] as Leg)
  packText(cause)
  packNumber(index)
  packList(rounding.length)
  for (let i = 0; i < rounding.length; i++) packValue(rounding[i])
}

function packLeg({ kind, owner, token, amount }: Leg): void {
  packKeys(LEG)
  packText(kind)
  packText(owner)
  packText(token)
  packInteger(amount)
}
