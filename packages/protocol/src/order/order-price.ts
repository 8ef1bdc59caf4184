// An order's own price: what anyone may fill it for, before exclusivity. Base units of the output token, Unix seconds.
import { decayedAmount } from './dutch-decay.ts'
import type { Order } from './order.ts'
import type { RoundedAmount } from './rounded-amount.ts'

/**
 * The minimum of a limit order, or where a Dutch order's decay stands at `now`; `decayed` is altered by tests.
 *
 * @throws E_RANGE when a Dutch order's decay ends before it starts
 * @example orderPrice({ ...order, pricing: { rule: 'limit' } }, 133).amount === order.output.minAmount // true
 */
export function orderPrice(
  { pricing, output }: Pick<Order, 'pricing' | 'output'>,
  now: number,
  decayed: typeof decayedAmount = decayedAmount,
): RoundedAmount {
  if (pricing.rule === 'limit') return { amount: output.minAmount, rounding: null }
  const { startAmount, decayStart, decayEnd } = pricing
  return decayed({ startAmount, endAmount: output.minAmount, decayStart, decayEnd }, now)
}
