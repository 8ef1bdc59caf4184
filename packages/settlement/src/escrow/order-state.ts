// The origin half of the order machine O-1, as a table. `filled` lives on the destination chain (a fill is
// recorded there and reaches the origin as a proof); `expired` and `refundable` are not stored: they are
// `open` seen after `expires`. Source: the O-1 line of the invariant catalogue; OIF escrow (None → Deposited →
// Claimed | Refunded).

/** What the origin settler stores of an order; `signed` is an order it has never seen. */
export const orderStates = ['signed', 'open', 'proven', 'settled', 'cancelled', 'refunded'] as const
export type OrderState = (typeof orderStates)[number]

export const orderActions = ['open', 'prove', 'claim', 'cancel', 'refund'] as const
export type OrderAction = (typeof orderActions)[number]

/** Every allowed step; what is not listed is refused. `settled` and `refunded` absorb. */
export const orderTransitions: Readonly<
  Record<OrderState, Readonly<Partial<Record<OrderAction, OrderState>>>>
> = Object.freeze({
  signed: Object.freeze({ open: 'open', cancel: 'cancelled' }),
  open: Object.freeze({ prove: 'proven', cancel: 'cancelled', refund: 'refunded' }),
  proven: Object.freeze({ claim: 'settled' }),
  cancelled: Object.freeze({ refund: 'refunded' }),
  settled: Object.freeze({}),
  refunded: Object.freeze({}),
})

/**
 * The state after an action, or null where the table has no such step.
 *
 * @example nextOrderState('open', 'prove') // 'proven'
 * @example nextOrderState('refunded', 'prove') // null
 */
export function nextOrderState(state: OrderState, action: OrderAction): OrderState | null {
  return orderTransitions[state][action] ?? null
}
