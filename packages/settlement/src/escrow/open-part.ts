// Origin settler, open-part: the sender takes a part of an order that its user lets be divided. The user's signature is of the whole; its
// nonce is used with the first part, and what all parts take together is counted, as GPv2Settlement counts what is filled of an
// order (CoW). The part is opened as an order of its own for its taker: from here on nothing knows that it is one.
import type { OrderId } from '@solvent/primitives'
import { type Call, leastPart, orderPart } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { fillTerms } from './exclusivity.ts'
import { takeIn } from './open.ts'
import { checkOrder } from './order-check.ts'

export function openPart(context: CallContext, call: Extract<Call, { kind: 'open-part' }>): CallResult {
  const { rules, state, chain, now, sender, events } = context
  const { order: whole, signature, input, salt } = call
  if (!rules.orderBelongsHere(whole.originChainId, chain.chainId)) return 'wrong-chain'
  const unsettled = checkOrder(context.index, whole)
  if (unsettled !== null) return unsettled
  if (whole.award.by !== 'parts') return 'not-in-parts'
  // What buys a derivative is bought once: a purchase has no parts.
  if (context.index.isProtected(whole.output.recipient)) return 'invalid-order'
  const digest = rules.orderDigest(whole)
  // As for whole orders: who has rotated its key signs none.
  if (state.keyOf(whole.user) !== whole.user) return 'bad-signature'
  if (!context.verifier.verify(digest, signature, whole.user)) return 'bad-signature'
  const wholeId = rules.orderId(digest, signature)
  const known = state.settler.taken.get(wholeId)
  if (known === undefined ? state.settler.nonceUsed(whole.user, whole.nonce) : known.isCancelled)
    return 'nonce-used'
  if (!rules.openInTime(now, whole))
    return now < whole.fillDeadline ? 'open-deadline-passed' : 'fill-deadline-passed'
  const left = whole.input.amount - (known?.input ?? 0n)
  if (input > left) return left === 0n ? 'already-open' : 'part-too-large'
  if (input <= 0n || (input < left && input < leastPart(whole.input.amount, whole.award.leastPartBps)))
    return 'part-too-small'

  const order = orderPart(whole, wholeId, { solver: sender, input, salt })
  const orderId = rules.orderDigest(order) as OrderId
  const after = rules.nextOrderState(state.settler.orders.get(orderId)?.state ?? 'signed', 'open')
  if (after === null) return 'already-open'
  const terms = fillTerms({ ...context, tip: 0n }, { order, orderId, award: null }, sender)
  if (typeof terms === 'string') return terms
  if (!takeIn(context, orderId, order, after)) return 'insufficient-balance'
  state.settler.taken.set(wholeId, Object.freeze({ input: (known?.input ?? 0n) + input, isCancelled: false }))
  if (known === undefined) {
    state.settler.setNonceUsed(whole.user, whole.nonce, rules.nonceUsedAfter('open'))
    events.push({ kind: 'nonce-used', user: whole.user, nonce: whole.nonce, orderId: wholeId })
  }
  const { exclusiveSolver, exclusiveUntil, requiredAmount } = terms
  events.push({
    kind: 'order-opened',
    orderId,
    order,
    signature,
    opener: sender,
    exclusiveSolver,
    exclusiveUntil,
    requiredAmount,
  })
  return null
}
