// The packed bytes of a message and of its payload, field by field.
import { packedKeys, packInteger, packKeys, packNumber, packText, packValue } from '@solvent/primitives'
import type { BridgeMessage, BridgePayload } from './bridge-message.ts'

const MESSAGE = packedKeys('bridge', 'emitter', 'payload', 'sequence', 'dstChainId', 'srcChainId')
const TRANSFER = packedKeys('kind', 'token', 'amount', 'recipient')

export function packMessage(message: BridgeMessage): void {
  packKeys(MESSAGE)
  packText(message.bridge)
  packText(message.emitter)
  packPayload(message.payload)
  packNumber(message.sequence)
  packNumber(message.dstChainId)
  packNumber(message.srcChainId)
}

/** Proofs of fills and calls are written as values of any shape. */
export function packPayload(payload: BridgePayload): void {
  if (payload.kind !== 'transfer') return packValue(payload)
  packKeys(TRANSFER)
  packText(payload.kind)
  packText(payload.token)
  packInteger(payload.amount)
  packText(payload.recipient)
}
