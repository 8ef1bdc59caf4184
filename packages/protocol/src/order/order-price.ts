// An order's own price: what anyone may fill it for, before exclusivity. Base units of the output token, Unix seconds.
import { curveAmount } from './block-curve.ts'
import { decayedAmount } from './dutch-decay.ts'
import type { Order } from './order.ts'
import { amountAtFee, feeOfTip } from './priority-fee.ts'
import type { RoundedAmount } from './rounded-amount.ts'

/** When a price is asked for, and by whom. */
export interface PriceMoment {
  /** Unix seconds. */
  readonly now: number
  /** Of the destination; null where none of its blocks is known: a price by blocks is then its least. */
  readonly block: number | null
  /** What the fill pays its producer, wei per gas. */
  readonly tip: bigint
}

/**
 * The minimum of a limit order, where a Dutch order's decay stands in time or in blocks, or what a priority-fee order
 * asks of a fill that pays the tip; `decayed` is altered by tests.
 *
 * @throws E_RANGE when a Dutch order's decay ends before it starts
 * @example orderPrice({ ...order, pricing: { rule: 'limit' } }, { now: 133, block: 9, tip: 0n }).amount === order.output.minAmount // true
 */
export function orderPrice(
  { pricing, output }: Pick<Order, 'pricing' | 'output'>,
  { now, block, tip }: PriceMoment,
  decayed: typeof decayedAmount = decayedAmount,
): RoundedAmount {
  if (pricing.rule === 'limit') return { amount: output.minAmount, rounding: null }
  if (pricing.rule === 'priority-fee') {
    const fee = feeOfTip(tip, pricing.feeUnit)
    return amountAtFee(output.minAmount, fee, BigInt(pricing.milliBipsPerFee))
  }
  if (pricing.rule === 'block-dutch')
    return block === null
      ? { amount: output.minAmount, rounding: null }
      : curveAmount(pricing, output.minAmount, block)
  const { startAmount, decayStart, decayEnd } = pricing
  return decayed({ startAmount, endAmount: output.minAmount, decayStart, decayEnd }, now)
}
