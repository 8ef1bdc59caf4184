/** Floor 5: the collusion laboratory. Pricing games and their benchmarks, learners, replications of published experiments; screens and tests of bids. */

export {
  type AuctionStudy,
  banchioSkrzypacz,
  type Feedback,
  type Oversight,
  type TieRule,
} from './auction/auction-study.ts'
export { type BidSource, bidSourceOf } from './bids/bid-file.ts'
export { MOST_BIDS_BYTES } from './bids/bid-limits.ts'
export { type BidMatrix, bidsOf, type Tender, winnersOf } from './bids/bid-matrix.ts'
export { bidsTextOf } from './bids/bids-text.ts'
export { labelledAuctionsOf } from './bids/labelled-auctions.ts'
export { bidMatrixOf, type TenderRecord } from './bids/tender-record.ts'
export { authorsDraws, authorsStudy } from './calvano/docking.ts'
export type { ImpulseResponse } from './calvano/impulse-response.ts'
export { pricingSession } from './calvano/pricing-session.ts'
export {
  calvanoBaseline,
  type Exploration,
  type PricingGame,
  type PricingStudy,
  pricingGame,
  profitGain,
  type StartValues,
} from './calvano/pricing-study.ts'
export {
  type DetectorReport,
  detectorReport,
  type LabelledTender,
} from './detectors/detector-report.ts'
export {
  type Abstention,
  type DetectorScore,
  detectorScore,
  scoreMarket,
  type TrainedDetector,
  trainOn,
} from './detectors/detector-score.ts'
export {
  MARKET_STATISTICS,
  type MarketStatistic,
  type MarketStatistics,
  marketStatisticsOf,
} from './detectors/market-statistics.ts'
export {
  type Alternative,
  type AlternativePower,
  type Power,
  type PowerOptions,
  powerOf,
} from './detectors/power.ts'
export { type Roc, type RocPoint, rocOf } from './detectors/roc.ts'
export { learningMarkets, type SimulatedMarket } from './detectors/simulated-examples.ts'
export { CONDUCTS, type ConductKind } from './generators/conduct.ts'
export { type LabelledMarket, labelledMarket, type MarketOptions } from './generators/labelled-market.ts'
export { PRICING_RULES, type PricingRule } from './generators/pricing-rule.ts'
export {
  type AuctionOutcome,
  createSessions,
  type LearningStudy,
  type PricingOutcome,
  pricingOutcome,
  type SessionOutcome,
} from './laboratory/learning-study.ts'
export { actionsOf } from './learning/stage-game.ts'

export { bestResponse, criticalDiscount, monopolyPrices, nashPrices } from './pricing/equilibrium-prices.ts'
export {
  consumerSurplus,
  demand,
  type LogitMarket,
  profits,
  symmetricLogitMarket,
} from './pricing/logit-market.ts'
export { type GridOptions, priceGrid } from './pricing/price-grid.ts'
export { criticalPatience, type RingOutcome } from './ring/critical-patience.ts'
export type { RingShare, RingStudy } from './ring/ring-study.ts'
export { type ScreeningOptions, screenMarket } from './screening/screen-market.ts'
export type { ScreeningReport } from './screening/screening-report.ts'
export { type ScreenSummary, summaryOfScreens, valuesOf } from './screens/screen-summary.ts'
export { type SubsetScreens, subsetScreensOf } from './screens/subset-screens.ts'
export {
  DIRECTIONS,
  SCREENS,
  type ScreenName,
  type Screens,
  screensOf,
  type TenderScreens,
} from './screens/tender-screens.ts'
export { fAbove, normalTwoSided } from './statistics/tail-probabilities.ts'
export type { KeptTender } from './tenders/play-tenders.ts'
export { isSealedOnly } from './tenders/sealed-clearing.ts'
export type { TenderOutcomeOfBidder, TendersOutcome } from './tenders/tender-outcome.ts'
export { type TenderLabel, tenderLabels } from './tenders/tender-players.ts'
export { tenderSession } from './tenders/tender-session.ts'
export {
  type CostDraw,
  DRAWN,
  type TenderCounterfactual,
  type TenderDisciplines,
  type TenderFeedback,
  type TenderStudy,
} from './tenders/tender-study.ts'
export { type BajariYe, bajariYeOf } from './tests/bajari-ye.ts'
export { type Benford, benfordOf } from './tests/benford.ts'
export { type DemandShift, demandShiftOf } from './tests/demand-shift.ts'
export { type GrangerTest, grangerTestsOf } from './tests/granger.ts'
export { type MarketDivision, marketDivisionOf } from './tests/market-division.ts'
export { distancesToRivals, type MissingBids, missingBidsOf, shareWithin } from './tests/missing-bids.ts'
export { type Overcharge, overchargeOf } from './tests/overcharge.ts'
export { type PorterZona, porterZonaOf } from './tests/porter-zona.ts'
export { type RebidAuction, type RebidTest, rebidTestOf } from './tests/rebid.ts'
export { type ShareStability, shareStabilityOf } from './tests/share-stability.ts'
export { type WinSequence, winSequenceOf } from './tests/win-sequence.ts'
