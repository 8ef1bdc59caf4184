// Strategies by name, as a scenario writes them down.
import type { BiddingStrategy } from './bidding-strategy.ts'
import { type CostPlusConfig, createCostPlus } from './cost-plus.ts'
import { createInventoryAware, type InventoryAwareConfig } from './inventory-aware.ts'
import { createRiskAverse, type RiskAverseConfig } from './risk-averse.ts'
import { commonDraw } from './tender/misconduct/ring.ts'
import { createOrderBidding } from './tender/order-bidding.ts'
import { createTenderBidding } from './tender/tender-bidding.ts'
import { conductOf, createTenderStrategy, type TenderStrategyConfig } from './tender/tender-strategies.ts'
import type { Conduct, TenderStrategy } from './tender/tender-strategy.ts'
import { createUndercutter, type UndercutterConfig } from './undercutter.ts'

/** Plain data: which rule and its parameters; of the first four all in basis points. */
export type StrategyConfig =
  | CostPlusConfig
  | InventoryAwareConfig
  | UndercutterConfig
  | RiskAverseConfig
  | TenderStrategyConfig

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
    default:
      return createTenderBidding(createTenderStrategy(config), ownDraw)
  }
}

/**
 * The same rule for the repeated auction: strategies for tenders as they are, rules for orders behind `createOrderBidding`.
 *
 * @example createBidder({ kind: 'cost-plus', marginBps: 10 }).bid(tender) // tender.cost + 0.001 · (1 − tender.cost)
 */
export function createBidder(config: StrategyConfig): TenderStrategy {
  switch (config.kind) {
    case 'cost-plus':
    case 'inventory-aware':
    case 'undercutter':
    case 'risk-averse':
      return createOrderBidding(createStrategy(config))
    default:
      return createTenderStrategy(config)
  }
}

/** A bidder's own chance in a tender: it follows from their names, so that it is the same wherever the bid is made. */
function ownDraw(tenderId: string, self: string, index: number): number {
  return commonDraw(tenderId, `draw ${index} of ${self}`)
}

/** Whether a strategy competes, and how if it does not: the ground truth of a run. */
export function conductOfStrategy({ kind }: Pick<StrategyConfig, 'kind'>): Conduct {
  switch (kind) {
    case 'cost-plus':
    case 'inventory-aware':
    case 'undercutter':
    case 'risk-averse':
      return 'competitive'
    default:
      return conductOf(kind)
  }
}
