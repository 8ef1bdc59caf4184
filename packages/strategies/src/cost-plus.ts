// Cost plus: value after gas, less a fixed margin. The profit test of deployed solvers (OIF `profitability`,
// DLN 4 bps, Across 1 bp floor; docs/models/strategies.md).
import type { BiddingStrategy } from './bidding-strategy.ts'
import { offerAtMargin, PPM_PER_BPS } from './margin.ts'

export interface CostPlusConfig {
  readonly kind: 'cost-plus'
  /** 0 to 10000. */
  readonly marginBps: number
}

/** Always the same margin, whatever the inventory, the rivals and the bridge. */
export function createCostPlus(config: CostPlusConfig): BiddingStrategy {
  const marginPpm = BigInt(config.marginBps) * PPM_PER_BPS
  return { decide: (context) => offerAtMargin(context, marginPpm) }
}
