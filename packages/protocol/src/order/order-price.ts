// An order's own price: what anyone may fill it for, before exclusivity. Base units of the output token, Unix seconds.
import { decayedAmount } from './dutch-decay.ts'
import type { Order } from './order.ts'
import { amountAtFee, feeOfTip } from './priority-fee.ts'
import type { RoundedAmount } from './rounded-amount.ts'

/**
 * The minimum of a limit order, where a Dutch order's decay stands at `now`, or what a priority-fee order
 * asks of a fill that pays `tip` (wei per gas); `decayed` is altered by tests.
 *
 * @throws E_RANGE when a Dutch order's decay ends before it starts
 * @example orderPrice({ ...order, pricing: { rule: 'limit' } }, 133).amount === order.output.minAmount // true
 */
export function orderPrice(
  { pricing, output }: Pick<Order, 'pricing' | 'output'>,
  now: number,
  decayed: typeof decayedAmount = decayedAmount,
  tip = 0n,
): RoundedAmount {
  if (pricing.rule === 'limit') return { amount: output.minAmount, rounding: null }
  if (pricing.rule === 'priority-fee') {
    const fee = feeOfTip(tip, pricing.feeUnit)
    return amountAtFee(output.minAmount, fee, BigInt(pricing.milliBipsPerFee))
  }
  const { startAmount, decayStart, decayEnd } = pricing
  return decayed({ startAmount, endAmount: output.minAmount, decayStart, decayEnd }, now)
}
