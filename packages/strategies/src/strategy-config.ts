// Strategies by name, as a scenario writes them down.
import type { BiddingStrategy } from './bidding-strategy.ts'
import { type CostPlusConfig, createCostPlus } from './cost-plus.ts'
import { createInventoryAware, type InventoryAwareConfig } from './inventory-aware.ts'
import { createRiskAverse, type RiskAverseConfig } from './risk-averse.ts'
import { createUndercutter, type UndercutterConfig } from './undercutter.ts'

/** Plain data: which rule and its parameters, all in basis points. */
export type StrategyConfig = CostPlusConfig | InventoryAwareConfig | UndercutterConfig | RiskAverseConfig

/**
 * The rule that a configuration names.
 *
 * @example createStrategy({ kind: 'cost-plus', marginBps: 10 }).decide(context)
 */
export function createStrategy(config: StrategyConfig): BiddingStrategy {
  switch (config.kind) {
    case 'cost-plus':
      return createCostPlus(config)
    case 'inventory-aware':
      return createInventoryAware(config)
    case 'undercutter':
      return createUndercutter(config)
    case 'risk-averse':
      return createRiskAverse(config)
  }
}
