// Origin settler, openFor: pulls the user's input into escrow on the user's signature. Anyone may call it, except that
// while an auctioneer's window runs only the winner may.
import type { OrderId } from '@solvent/primitives'
import type { Call, Order } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import { fillTerms } from './exclusivity.ts'
import { checkOrder } from './order-check.ts'
import type { OrderState } from './order-state.ts'

export function openOrder(context: CallContext, call: Extract<Call, { kind: 'open' }>): CallResult {
  const { rules, state, chain, now, sender, events } = context
  const { order, signature, award } = call
  if (!rules.orderBelongsHere(order.originChainId, chain.chainId)) return 'wrong-chain'
  const unsettled = checkOrder(context.index, order)
  if (unsettled !== null) return unsettled
  const digest = rules.orderDigest(order)
  // Who has rotated its key signs no orders: all others who see one check it against its user's address alone.
  if (state.keyOf(order.user) !== order.user) return 'bad-signature'
  if (!context.verifier.verify(digest, signature, order.user)) return 'bad-signature'
  const orderId = rules.orderId(digest, signature)
  const before = state.settler.orders.get(orderId)?.state ?? 'signed'
  const after = rules.nextOrderState(before, 'open')
  if (after === null) return 'already-open'
  if (state.settler.nonceUsed(order.user, order.nonce)) return 'nonce-used'
  if (!rules.openInTime(now, order))
    return now < order.fillDeadline ? 'open-deadline-passed' : 'fill-deadline-passed'
  // What opening pays its producer is nothing that a fill would owe.
  const terms = fillTerms({ ...context, tip: 0n }, { order, orderId, award }, openerOf(call, sender))
  if (typeof terms === 'string') return terms

  if (!takeIn(context, orderId, order, after)) return 'insufficient-balance'
  state.settler.setNonceUsed(order.user, order.nonce, rules.nonceUsedAfter('open'))
  const { exclusiveSolver, exclusiveUntil, requiredAmount } = terms
  events.push(
    { kind: 'nonce-used', user: order.user, nonce: order.nonce, orderId },
    {
      kind: 'order-opened',
      orderId,
      order,
      signature,
      opener: sender,
      exclusiveSolver,
      exclusiveUntil,
      requiredAmount,
    },
  )
  return null
}

/** The user's input goes into escrow, and the order is known from now on; false when it cannot pay. */
export function takeIn(
  { rules, state }: CallContext,
  orderId: OrderId,
  order: Order,
  opened: OrderState,
): boolean {
  const escrowed = rules.escrowedAmount(order.input.amount)
  const { token } = order.input
  const moved = state.ledger.post('escrow-open', [
    holderLeg(state, order.user, token, -escrowed),
    { kind: 'ESCROW', owner: orderId, token, amount: escrowed },
  ])
  if (moved) state.settler.orders.set(orderId, Object.freeze({ order, state: opened, escrowed, payee: null }))
  return moved
}

/** A user that names its solver lets anyone open; the terms recorded are then those of the named solver. */
function openerOf(
  { order }: Extract<Call, { kind: 'open' }>,
  sender: CallContext['sender'],
): CallContext['sender'] {
  return order.award.by === 'user' ? order.award.solver : sender
}
