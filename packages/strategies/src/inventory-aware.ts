// Inventory-aware: the margin leans with what is left of the stock, linearly, as a dealer's reservation price
// leans with inventory (Avellaneda & Stoikov 2008, eq. 2.6). A well-stocked solver gives margin away, a depleted
// one asks for more. The stock is read in quarters, so that a fill that lands a moment later changes no price.
import type { BidContext, BiddingStrategy } from './bidding-strategy.ts'
import { offerAtMargin, PPM_PER_BPS } from './margin.ts'

export interface InventoryAwareConfig {
  readonly kind: 'inventory-aware'
  /** Margin at half stock; 0 to 10000. */
  readonly marginBps: number
  /** Added when less than a quarter is left, taken off when more than three quarters are; 0 to 10000. */
  readonly skewBps: number
}

/** Quarter of the reference stock that is free: 0 (under a quarter) to 3 (three quarters or more). */
export function stockQuarter(inventory: BidContext['inventory']): 0 | 1 | 2 | 3 {
  const { slowFree, reference } = inventory
  if (reference <= 0n || 4n * slowFree >= 3n * reference) return reference <= 0n ? 0 : 3
  if (2n * slowFree >= reference) return 2
  return 4n * slowFree >= reference ? 1 : 0
}

/** margin + skew · (3 − 2·quarter)/3: +1, +⅓, −⅓, −1 of the skew from the lowest quarter to the highest. */
export function createInventoryAware(config: InventoryAwareConfig): BiddingStrategy {
  const marginPpm = BigInt(config.marginBps) * PPM_PER_BPS
  const skewPpm = BigInt(config.skewBps) * PPM_PER_BPS
  return {
    decide(context) {
      const lean = BigInt(3 - 2 * stockQuarter(context.inventory))
      return offerAtMargin(context, marginPpm + (skewPpm * lean) / 3n)
    },
  }
}
