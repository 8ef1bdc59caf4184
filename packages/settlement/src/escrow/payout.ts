// Origin settler: the two ways out of escrow. A claim pays a proven order to its payee, also after `expires` (OIF:
// finalising after expiry still pays if no refund happened); a refund returns an unproven one to its user when
// now > expires, or at once when it is cancelled. The order table makes them exclude each other (O-4).
import type { Address, OrderId } from '@solvent/primitives'
import type { Call } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import type { OrderRecord } from './settler-state.ts'

export function claimOrder(context: CallContext, { orderId }: Extract<Call, { kind: 'claim' }>): CallResult {
  const { rules, state, events } = context
  const record = state.settler.orders.get(orderId)
  if (record === undefined) return 'unknown-order'
  const after = rules.nextOrderState(record.state, 'claim')
  if (after === null || record.payee === null) {
    return record.state === 'open' || record.state === 'cancelled' ? 'not-proven' : 'already-ended'
  }
  const { payee } = record
  if (!payOut(context, orderId, record, payee, 'escrow-claim')) return 'insufficient-balance'
  state.settler.orders.set(orderId, Object.freeze({ ...record, state: after }))
  events.push({
    kind: 'order-claimed',
    orderId,
    payee,
    token: record.order.input.token,
    amount: record.escrowed,
  })
  return null
}

export function refundOrder(
  context: CallContext,
  { orderId }: Extract<Call, { kind: 'refund' }>,
): CallResult {
  const { rules, state, now, events } = context
  const record = state.settler.orders.get(orderId)
  if (record === undefined) return 'unknown-order'
  const after = rules.nextOrderState(record.state, 'refund')
  if (after === null) return record.state === 'proven' ? 'not-refundable' : 'already-ended'
  const { user, expires, input } = record.order
  if (record.state !== 'cancelled' && !rules.expired(now, expires)) return 'not-refundable'
  if (!payOut(context, orderId, record, user, 'escrow-refund')) return 'insufficient-balance'
  state.settler.orders.set(orderId, Object.freeze({ ...record, state: after }))
  events.push({ kind: 'order-refunded', orderId, user, token: input.token, amount: record.escrowed })
  return null
}

function payOut(
  { state }: CallContext,
  orderId: OrderId,
  { order, escrowed }: OrderRecord,
  to: Address,
  cause: 'escrow-claim' | 'escrow-refund',
): boolean {
  const { token } = order.input
  return state.ledger.post(cause, [
    { kind: 'ESCROW', owner: orderId, token, amount: -escrowed },
    holderLeg(state, to, token, escrowed),
  ])
}
