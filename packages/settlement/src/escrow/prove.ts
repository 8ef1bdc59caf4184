// Origin settler: a verified message says that an order was filled. It must come from the destination settler that the
// order names, over the prover that the order names, and describe a fill that keeps the order (O-6).
import type { BridgeMessage, BridgePayload } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'

export function proveFill(
  context: CallContext,
  message: BridgeMessage,
  proof: Extract<BridgePayload, { kind: 'fill-proof' }>,
): CallResult {
  const { rules, state, events } = context
  const record = state.settler.orders.get(proof.orderId)
  if (record === undefined) return 'unknown-order'
  const { order } = record
  if (message.bridge !== order.prover) return 'unknown-prover'
  if (message.srcChainId !== order.output.chainId) return 'wrong-chain'
  if (message.emitter !== order.output.settler) return 'wrong-settler'
  if (proof.outputToken !== order.output.token || proof.recipient !== order.output.recipient)
    return 'invalid-order'
  if (proof.outputAmount < order.output.minAmount) return 'amount-too-low'
  if (!rules.fillInTime(proof.filledAt, order.fillDeadline)) return 'fill-deadline-passed'
  const after = rules.nextOrderState(record.state, 'prove')
  if (after === null) return record.state === 'cancelled' ? 'not-open' : 'already-ended'
  state.settler.orders.set(proof.orderId, Object.freeze({ ...record, state: after, payee: proof.payee }))
  const { orderId, payee, outputAmount, filledAt } = proof
  events.push({ kind: 'fill-proven', orderId, payee, outputAmount, filledAt })
  return null
}
