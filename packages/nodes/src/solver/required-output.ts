// What a fill must deliver at a moment, as the destination settler will compute it. Amounts are base units of the
// output token, times Unix seconds.
import type { Address } from '@solvent/primitives'
import { type Award, type Order, requiredUnderExclusivity } from '@solvent/protocol'
import { expectedPrice, type FillMoment } from './expected-price.ts'

/**
 * The least that `filler` must deliver, or null while it is barred.
 *
 * An auction's winner owes the awarded amount while its window runs; afterwards the order's own price holds for all.
 */
export function requiredOutput(
  order: Order,
  filler: Address,
  award: Award | null,
  moment: FillMoment,
): bigint | null {
  const rule = order.award
  const { nowSeconds } = moment
  const price = expectedPrice(order, moment)
  if (rule.by === 'parts') return null
  if (rule.by === 'chain') return price
  if (rule.by === 'auctioneer') {
    if (nowSeconds > rule.exclusiveUntil) return price
    return award !== null && award.winner === filler ? award.outputAmount : null
  }
  return requiredUnderExclusivity(price, filler, rule, nowSeconds)?.amount ?? null
}
