// What a fill must deliver at a moment, as the destination settler will compute it. Amounts are base units of the
// output token, times Unix seconds.
import { dutchDecay, requiredUnderExclusivity } from '@solvent/mechanisms'
import { type Address, ZERO_ADDRESS } from '@solvent/primitives'
import type { Award, Order } from '@solvent/protocol'

/** The order's own price: its minimum, or where its decay stands. */
export function priceAt(order: Order, nowSeconds: number): bigint {
  const { pricing, output } = order
  if (pricing.rule === 'limit') return output.minAmount
  return dutchDecay({ ...pricing, endAmount: output.minAmount }, nowSeconds)
}

/**
 * The least that `filler` must deliver, or null while it is barred.
 *
 * An auction's winner owes the awarded amount while its window runs; afterwards the order's own price holds for all.
 */
export function requiredOutput(
  order: Order,
  filler: Address,
  award: Award | null,
  nowSeconds: number,
): bigint | null {
  const rule = order.award
  const price = priceAt(order, nowSeconds)
  if (rule.by === 'chain') return price
  if (rule.by === 'auctioneer') {
    if (nowSeconds > rule.exclusiveUntil) return price
    return award !== null && award.winner === filler ? award.outputAmount : null
  }
  const solver = rule.solver === ZERO_ADDRESS ? null : rule.solver
  const { exclusiveUntil: until, overrideBps } = rule
  return requiredUnderExclusivity(price, filler, { solver, until, overrideBps }, nowSeconds)
}
