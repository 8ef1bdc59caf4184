/** Floor 2, the shared settlement core: ledger, chains, rollups, escrow, bridges; what is final and what is backed. */
export { attestable } from './bridge/attestable.ts'
export {
  type Backing,
  type BackingInput,
  backing,
  type LossRule,
  lossRules,
  type Ratio,
} from './bridge/backing.ts'
export { mintFee } from './bridge/custody/burn-mint.ts'
export { type Freeze, NOT_FROZEN, type PausableAction } from './bridge/freeze.ts'
export { batchKeyOf, joinDeliveries, type SingleDelivery } from './bridge/join-deliveries.ts'
export { limiterPriceE8 } from './bridge/limiter/limiter-rules.ts'
export { OutboxLeaves } from './bridge/outbox/outbox-leaves.ts'
export type { OutboxPath } from './bridge/outbox/outbox-proof.ts'
export { EMPTY_OUTBOX_ROOT } from './bridge/outbox/outbox-tree.ts'
export { payoutFeeE18 } from './bridge/pool/lp-fee.ts'
export { type RouteEnd, routeOf, tokenOn } from './bridge/route.ts'
export { type CrossingDecimals, type Truncation, truncate } from './bridge/truncation.ts'
export {
  epochsWithoutFinality,
  type FinalityRules,
  type FinalityState,
  finalityAtGenesis,
  finalityRulesOf,
  finalizedNumber,
  justifiedNumber,
  nextFinality,
} from './chain/consensus/finality-state.ts'
export { groupsOf, proposerGroup } from './chain/consensus/proposer.ts'
export { marginalPrice } from './chain/fee-market/background-demand.ts'
export { hasMarket, lowestBaseFee } from './chain/fee-market/base-fee.ts'
export { blobBaseFee, excessOfFee } from './chain/fee-market/blob-fee.ts'
export { declaredDemands } from './chain/fee-market/demand.ts'
export type { ParentHeader } from './chain/fee-market/fee-walk.ts'
export { genesisMarket, type SlotMarket, slotMarket } from './chain/fee-market/slot-market.ts'
export { isBetterTip, type Tip } from './chain/fork-choice.ts'
export { gasOf, gasOfCall, gasSchedule, MIN_GAS_LIMIT } from './chain/gas.ts'
export { producerOfSlot, slotAt, slotStartMs, timestampOf } from './chain/slots.ts'
export { MAX_NONCE_GAP, MAX_PER_SENDER, MAX_POOL_SIZE } from './chain/transaction-pool.ts'
export { measureDueAt } from './controls/authority/due.ts'
export { mostOn, penaltyOn, pledgeFor, windowFaults } from './controls/discount-window/window-terms.ts'
export {
  afterReturn,
  type DynamicMarginRules,
  marginBpsUp,
  type RealisedVariance,
} from './controls/dynamic-margin.ts'
export {
  type MintAndBurnRules,
  mintAndBurnFaults,
} from './derivatives/algorithmic-stablecoin/mint-and-burn.ts'
export { StablecoinMirror } from './derivatives/algorithmic-stablecoin/stablecoin-mirror.ts'
export { tokenSpotE8 } from './derivatives/algorithmic-stablecoin/token-spot.ts'
export { coverFaults } from './derivatives/cover/cover-fund.ts'
export {
  type CustodianBook,
  type CustodianRules,
  EMPTY_CUSTODIAN,
  withdrawFrom,
} from './derivatives/custodian/custodian-book.ts'
export { navFaults } from './derivatives/nav-fund/nav-fund.ts'
export { type OptionValue, optionValue } from './derivatives/option/black-scholes.ts'
export { deskRules, seriesOf } from './derivatives/option/option-contract.ts'
export { deskFaults, premiumUp as optionPremium } from './derivatives/option/option-desk.ts'
export { quotedVolatilityBps } from './derivatives/option/volatility-rule.ts'
export { marketRules } from './derivatives/perpetual/perpetual-contract.ts'
export { perpetualFaults } from './derivatives/perpetual/perpetual-faults.ts'
export { type MakerAccount, PerpetualMirror } from './derivatives/perpetual/perpetual-mirror.ts'
export { expired, fillInTime, type OrderDeadlines, openInTime } from './escrow/deadline.ts'
export { nextOrderState, type OrderAction, type OrderState, orderTransitions } from './escrow/order-state.ts'
export { type ChainEngine, type ChainEngineOptions, createChainEngine } from './execution/chain-engine.ts'
export type { Balance } from './ledger/ledger.ts'
export { type Account, accountData, type EModeCategory } from './lending/account.ts'
export { borrow, repay } from './lending/borrow.ts'
export {
  claimsFloor,
  coverDeficit,
  mintToTreasury,
  setCollateral,
  setEMode,
  transferClaims,
} from './lending/claims.ts'
export {
  type CollateralAuction,
  clipRulesOf,
  flipRulesOf,
  largestLot,
  targetOf,
} from './lending/contract/collateral-auction.ts'
export { auctionFaults } from './lending/contract/engine-faults.ts'
export {
  borrowIsolated,
  releaseIsolated,
  repayIsolated,
  supplyIsolated,
  withdrawIsolated,
} from './lending/isolated/isolated-commands.ts'
export { isolatedFaults } from './lending/isolated/isolated-faults.ts'
export { liquidateIsolated } from './lending/isolated/isolated-liquidation.ts'
export {
  accruedTotals,
  type IsolatedPosition,
  type IsolatedTotals,
  isHealthy,
  maxBorrow,
  NO_POSITION,
  PRICE_SCALE,
} from './lending/isolated/isolated-market.ts'
export { toAssetsDown, toAssetsUp, VIRTUAL_SHARES } from './lending/isolated/shares.ts'
export {
  type ClipSale,
  clipStatus,
  kickClip,
  redo,
  take,
} from './lending/liquidation/clip-auction.ts'
export {
  bite,
  deal,
  dent,
  type FlipAuction,
  kickFlip,
  tend,
  tick,
} from './lending/liquidation/flip-auction.ts'
export { type Liquidation, liquidate } from './lending/liquidation/liquidate.ts'
export { liquidationAmounts } from './lending/liquidation/liquidation-amounts.ts'
export { LiquidationIndex } from './lending/liquidation/liquidation-index.ts'
export { type RealLiquidationInput, realLiquidation } from './lending/liquidation/real-liquidation.ts'
export {
  type RealCascadeInput,
  realLiquidationCascade,
} from './lending/liquidation/real-liquidation-cascade.ts'
export { type Moment, ONE_HEALTH, plainPool, weighingOf } from './lending/pool.ts'
export { type CollateralTerms, newReserve, type Reserve, type ReserveConfig } from './lending/reserve.ts'
export { collateralFaults, reserveFaults } from './lending/reserve-faults.ts'
export { supply, withdraw } from './lending/supply.ts'
export { CreditView } from './lending/view/credit-view.ts'
export { quoteIsolatedLiquidation } from './lending/view/isolated-quote.ts'
export { type LiquidationQuote, quoteLiquidations } from './lending/view/liquidation-quote.ts'
export { type OnePairLoan, onePairLoan, pairPriceE18 } from './lending/view/one-pair-loan.ts'
export { type ReserveState, reserveState } from './lending/view/reserve-state.ts'
export { ConcentratedPool } from './market/concentrated/concentrated-pool.ts'
export { plainConcentratedPool } from './market/concentrated/pool-state.ts'
export { heldByRange, provisionOf, type TickRange } from './market/concentrated/range-amounts.ts'
export {
  MAX_SQRT_RATIO,
  MAX_TICK,
  MIN_SQRT_RATIO,
  MIN_TICK,
  tickAtSqrtRatioFloor,
} from './market/concentrated/tick-math.ts'
export {
  burnPair,
  EMPTY_PAIR,
  MINIMUM_LIQUIDITY,
  mintPair,
  type Pair,
  swapPair,
} from './market/constant-product/pair.ts'
export { amountInUp, amountOutFloor, UNISWAP_V2_FEE } from './market/constant-product/quote.ts'
export {
  type RealSwapInput,
  realInputToReach,
  realSwap,
} from './market/constant-product/real-constant-product.ts'
export type { SwapSide } from './market/constant-product/sell.ts'
export { MarketMirror } from './market/contract/market-mirror.ts'
export { stableRules } from './market/contract/stable-contract.ts'
export { type Fill, OrderBook, plainOrderBook, type Side } from './market/order-book/order-book.ts'
export { type PriceTarget, saleToPrice } from './market/routing/sale-to-price.ts'
export { type SaleLeg, type SaleQuote, splitSale } from './market/routing/split-sale.ts'
export { invariantFloor } from './market/stable-swap/invariant.ts'
export { type RealStableSwapInput, realStableSwap } from './market/stable-swap/real-stable-swap.ts'
export { exchangeCoins } from './market/stable-swap/stable-pool.ts'
export { fairShareE8 } from './oracle/fair-share.ts'
export { MOST_ORACLES_DEEP, readAnswer } from './oracle/read-answer.ts'
export { vaultShareE8 } from './oracle/vault-share.ts'
export type { ParameterFault } from './parameter-fault.ts'
export { plainLevelQueues } from './queues/level-queues.ts'
export { type SettlementRules, settlementRules } from './settlement-rules.ts'
export { type ChainView, createChainView, type ViewUpdate } from './view/chain-view.ts'
export { type DelayedInboxView, delayedInboxView } from './view/delayed-inbox-view.ts'
export type { BatchMark, MissingBlocks, RollupPostings, RootMark } from './view/rollup-marks.ts'
