import { describe, expect, test } from 'vitest'
import { nextOrderState, orderActions, orderStates } from './order-state.ts'

describe('the order machine', () => {
  test('has these steps and no others', () => {
    // O-1 on the origin: OPEN → PROVEN → SETTLED | REFUNDED (after expiry) | CANCELLED → REFUNDED; the two ends absorb.
    const steps = orderStates.flatMap((state) =>
      orderActions.flatMap((action) => {
        const next = nextOrderState(state, action)
        return next === null ? [] : [`${state} -${action}-> ${next}`]
      }),
    )
    expect(steps).toEqual([
      'signed -open-> open',
      'signed -cancel-> cancelled',
      'open -prove-> proven',
      'open -cancel-> cancelled',
      'open -refund-> refunded',
      'proven -claim-> settled',
      'cancelled -refund-> refunded',
    ])
  })
})
