// From a margin to an offer, in integers. Every division rounds down, so that an offer never costs more than
// the margin says. Margins are parts per million of the value that is left after gas (1 bps = 100 ppm).
import { mulDivFloor, wholeUnit } from '@solvent/primitives'
import type { BidContext, BidDecision } from './bidding-strategy.ts'

/** One, in parts per million. */
export const PPM = 1_000_000n
/** Parts per million in a basis point. */
export const PPM_PER_BPS = 100n

/**
 * The offer that keeps `marginPpm` of the net value, or why there is none.
 *
 * output = floor(floor((value − gas) · (1 − margin)) · 10^decimals / price)
 */
export function offerAtMargin(context: BidContext, marginPpm: bigint): BidDecision {
  const netE8 = context.inputValueE8 - context.gasCostE8
  if (netE8 <= 0n) return { status: 'declined', reason: 'gas-exceeds-value' }
  const kept = marginPpm < 0n ? 0n : marginPpm > PPM ? PPM : marginPpm
  const offerE8 = mulDivFloor(netE8, PPM - kept, PPM)
  const { priceE8, decimals, minAmount } = context.output
  const outputAmount = mulDivFloor(offerE8, wholeUnit(decimals), priceE8)
  if (outputAmount < minAmount || outputAmount === 0n) return { status: 'declined', reason: 'below-minimum' }
  if (outputAmount > context.inventory.free) return { status: 'declined', reason: 'no-inventory' }
  return { status: 'offer', outputAmount }
}
