/** Floor 3: what plugs into a node. Bidding strategies: pure rules from an order's economics to an offer; and how populations begin, act and run. */
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
export { asTenders, type FlowOutcome, flowOutcome, type ScreenedTender } from './flow/flow-outcome.ts'
export { drawFlow, type FlowOrder, type FlowTerms } from './flow/order-flow.ts'
export { type FlowGame, type PlayedFlow, type PlayedTender, playFlow } from './flow/play-flow.ts'
export { createInventoryAware, type InventoryAwareConfig, stockQuarter } from './inventory-aware.ts'
export { offerAtMargin, PPM, PPM_PER_BPS } from './margin.ts'
export { feltLoss, type LossAversion } from './populations/felt-loss.ts'
export { debtAt, type LoanTerms, priceAtHealth, repaymentTo } from './populations/loans.ts'
export { drawQuantiles, type Quantile } from './populations/quantiles.ts'
export { RescueQueue } from './populations/rescue-queue.ts'
export { drawSizes } from './populations/sizes.ts'
export { type CrowdMember, type Departure, ThresholdCrowd } from './populations/threshold-crowd.ts'
export { createRiskAverse, type RiskAverseConfig, riskQuarters } from './risk-averse.ts'
export { conductOfStrategy, createBidder, createStrategy, type StrategyConfig } from './strategy-config.ts'
export { competitivePrice } from './tender/competitive-price.ts'
export { priceAtLevel } from './tender/learners/mark-up-levels.ts'
export { commonDraw } from './tender/misconduct/ring.ts'
export type { Tender, TenderOutcome, TenderRule, TenderView } from './tender/tender.ts'
export { partOf } from './tender/tender-bidding.ts'
export {
  conductOf,
  createTenderStrategy,
  type TenderStrategyConfig,
  type TenderStrategyName,
  tenderStrategyKinds,
} from './tender/tender-strategies.ts'
export type {
  Conduct,
  SidePayment,
  TenderStrategy,
  TenderStrategyKind,
} from './tender/tender-strategy.ts'
export { createUndercutter, rivalMarginPpm, type UndercutterConfig } from './undercutter.ts'
