/** Floor 3: what plugs into a node. Bidding strategies: pure rules from an order's economics to an offer. */
export {
  type BidContext,
  type BidDecision,
  type BiddingStrategy,
  type OfferUse,
  type PastAuction,
  type StrategyRefusal,
  strategyRefusals,
} from './bidding-strategy.ts'
export { type CostPlusConfig, createCostPlus } from './cost-plus.ts'
export { createInventoryAware, type InventoryAwareConfig, stockQuarter } from './inventory-aware.ts'
export { offerAtMargin, PPM, PPM_PER_BPS } from './margin.ts'
export { createRiskAverse, type RiskAverseConfig, riskQuarters } from './risk-averse.ts'
export { createStrategy, type StrategyConfig } from './strategy-config.ts'
export { createUndercutter, rivalMarginPpm, type UndercutterConfig } from './undercutter.ts'
