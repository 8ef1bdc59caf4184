// Origin settler, cancel: the user gives an order up. Before it is opened, that uses its nonce, and it can never be
// opened. Once it is open, a fill may have been made on the destination at any time up to fillDeadline, and its proof
// may be on its way until `expires`: nothing on this chain can know. So an open order can be cancelled when
// now > expires and no proof has come, not earlier; otherwise a user could take a solver's fill and its own escrow back
// (O-3, O-4, O-10). A cancelled order is refundable at once, and a later proof no longer counts.
import type { Call } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { checkOrder } from './order-check.ts'

export function cancelOrder(context: CallContext, { order }: Extract<Call, { kind: 'cancel' }>): CallResult {
  const { rules, state, chain, now, sender, events } = context
  if (!rules.orderBelongsHere(order.originChainId, chain.chainId)) return 'wrong-chain'
  if (sender !== order.user) return 'not-the-user'
  const unsettled = checkOrder(context.index, order)
  if (unsettled !== null) return unsettled
  const orderId = rules.orderDigest(order)
  const taken = state.settler.taken.get(orderId)
  if (taken !== undefined) {
    // Parts that were taken stay with those who took them; no more can be.
    if (taken.isCancelled) return 'already-ended'
    state.settler.taken.set(orderId, Object.freeze({ ...taken, isCancelled: true }))
    events.push({ kind: 'order-cancelled', orderId })
    return null
  }
  const record = state.settler.orders.get(orderId)
  const after = rules.nextOrderState(record?.state ?? 'signed', 'cancel')
  if (after === null) return record?.state === 'proven' ? 'not-refundable' : 'already-ended'
  if (record === undefined) {
    if (state.settler.nonceUsed(order.user, order.nonce)) return 'nonce-used'
    events.push({ kind: 'nonce-used', user: order.user, nonce: order.nonce, orderId })
  } else {
    if (!rules.expired(now, order.expires)) return 'not-refundable'
    state.settler.orders.set(orderId, Object.freeze({ ...record, state: after }))
  }
  state.settler.setNonceUsed(order.user, order.nonce, rules.nonceUsedAfter('cancel'))
  events.push({ kind: 'order-cancelled', orderId })
  return null
}
