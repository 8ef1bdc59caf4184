// Destination settler, fill: the sender delivers the output to the order's recipient and names who is paid on the
// origin. Where the recipient is a contract that buys a derivative, the user has bought it when the fill succeeds. The settler then sends a proof of
// the fill to the order's prover. Source: OIF OutputSettlerSimple (fill,
// fill description); one fill for each order.
import type { Call } from '@solvent/protocol'
import { sendMessage } from '../bridge/send.ts'
import { runPurchase } from '../derivatives/contract/purchase-calls.ts'
import { type CallContext, type CallResult, holderLeg } from '../execution/call-context.ts'
import { fillTerms } from './exclusivity.ts'
import { checkOrder } from './order-check.ts'

export function fillOrder(context: CallContext, call: Extract<Call, { kind: 'fill' }>): CallResult {
  const { rules, state, chain, now, sender, events } = context
  const { order, award, amount, payee } = call
  const { output } = order
  if (output.chainId !== chain.chainId) return 'wrong-chain'
  const unsettled = checkOrder(context.index, order)
  if (unsettled !== null) return unsettled
  if (context.index.isProtected(payee)) return 'invalid-order'
  const orderId = rules.orderId(rules.orderDigest(order), null)
  if (state.settler.fills.get(orderId) !== undefined) return 'already-filled'
  if (!rules.fillInTime(now, order.fillDeadline)) return 'fill-deadline-passed'
  const terms = fillTerms(context, { order, orderId, award }, sender)
  if (typeof terms === 'string') return terms
  if (amount < terms.requiredAmount) return 'amount-too-low'

  const { token, recipient } = output
  const purchase = context.index.purchase(recipient)
  const moved = state.ledger.post(
    'fill',
    [
      holderLeg(state, sender, token, -amount),
      holderLeg(state, recipient, token, amount),
      ...(purchase === undefined
        ? []
        : [holderLeg(state, recipient, token, -amount), holderLeg(state, order.user, token, amount)]),
    ],
    terms.roundings.map((rounding) => ({ token, ...rounding })),
  )
  if (!moved) return 'insufficient-balance'
  const refused =
    purchase === undefined ? null : runPurchase({ ...context, sender: order.user }, purchase, amount)
  if (refused !== null) return refused
  state.settler.fills.set(orderId, sender)
  const { exclusiveSolver, exclusiveUntil, requiredAmount } = terms
  events.push({
    kind: 'order-filled',
    orderId,
    order,
    solver: sender,
    payee,
    outputAmount: amount,
    exclusiveSolver,
    exclusiveUntil,
    requiredAmount,
  })
  sendMessage(context, {
    bridge: order.prover,
    emitter: chain.settler,
    dstChainId: order.originChainId,
    payload: {
      kind: 'fill-proof',
      orderId,
      payee,
      outputToken: token,
      outputAmount: amount,
      recipient,
      filledAt: now,
    },
  })
  return null
}
