/** Floor 2, contagion: clearing, DebtRank, cascades, valuation and fire sales on networks of claims. */
export { type CheapestSet, cheapestSet } from './attribution/cheapest-set.ts'
export { type PairedDifference, pairedDifference } from './attribution/paired-difference.ts'
export {
  type Coalition,
  exactShapley,
  MOST_EXACT as MOST_EXACT_CHANNELS,
  type ShapleyValues,
  sampledShapley,
} from './attribution/shapley.ts'
export { type BreakSearch, type SmallestBreak, smallestBreak } from './attribution/smallest-break.ts'
export {
  cascadeAlong,
  type ThresholdCascade,
  type ThresholdCascadeInput,
  thresholdCascade,
} from './cascade/threshold-cascade.ts'
export { type ClearingSystem, eisenbergNoe, type RecoveryRates, rogersVeraart } from './clearing/clearing.ts'
export type { Clearing, ClearingCertificate, ClearingTotals } from './clearing/clearing-account.ts'
export {
  type ClassPayments,
  clearBySeniority,
  type RankedClearing,
  type RankedClearingSystem,
  type SeniorityClass,
} from './clearing/seniority.ts'
export { type BalanceSheets, balanceSheets } from './exposure/balance-sheets.ts'
export type {
  CommonAsset,
  Dependence,
  ExposureClaim,
  ExposureLayer,
  ExposureNetwork,
  ExposureNode,
  ExposureNodeKind,
  Guarantee,
  Holding,
  Operator,
  WriteOff,
} from './exposure/exposure-network.ts'
export { exposureNetworkSchema, MAX_FILE_CLAIMS, MAX_FILE_NODES } from './exposure/exposure-schema.ts'
export { type Fall, type FallCause, fallsOf } from './exposure/falls.ts'
export { afterEvent, clearGuaranteed, type GuaranteedClearing } from './exposure/guarantees.ts'
export {
  type CapitalRatioInput,
  type CapitalRatioSales,
  capitalRatioSales,
} from './fire-sales/capital-ratio-sales.ts'
export { type GammaFeedback, type GammaFeedbackInput, gammaFeedback } from './fire-sales/gamma-feedback.ts'
export {
  type LeverageTargeting,
  type LeverageTargetingInput,
  leverageTargeting,
} from './fire-sales/leverage-targeting.ts'
export {
  type OverlappingPortfolios,
  type OverlappingPortfoliosInput,
  overlappingPortfolios,
} from './fire-sales/overlapping-portfolios.ts'
export {
  type WrappedAssetHaircut,
  type WrappedAssetHaircutInput,
  wrappedAssetHaircut,
} from './fire-sales/wrapped-asset-haircut.ts'
export { type CorePeriphery, corePeriphery } from './measures/core-periphery.ts'
export { type LossByRound, lossByRound, shortfallByRound } from './measures/loss-by-round.ts'
export { type LossDistribution, lossDistribution } from './measures/loss-distribution.ts'
export { herfindahl, type NetworkMetrics, networkMetrics } from './measures/network-metrics.ts'
export { ranking } from './measures/ranking.ts'
export { type SingleFailures, singleFailures, tooBigToFail } from './measures/single-failures.ts'
export { type SystemicLoss, systemicLoss } from './measures/systemic-loss.ts'
export type { Vector } from './network/checked-vector.ts'
export {
  type ClaimColumns,
  claimsFromColumns,
  claimsNetwork,
  type Entry,
  MAX_AMOUNT,
  MAX_ENTRIES,
  MAX_NODES,
  portfolioMatrix,
  type SparseMatrix,
} from './network/sparse-matrix.ts'
export {
  type AggregateExposures,
  aggregateExposures,
  type DisclosedClaim,
  UNREPORTED,
} from './reports/aggregate-exposures.ts'
export { MAX_AMOUNT_E8, type Position, type ReportLayer, type ReportSide } from './reports/position.ts'
export {
  commitReport,
  type InclusionProof,
  type InclusionVerdict,
  type PrivateReport,
  proveInclusion,
  type ReportCommitment,
  verifyInclusion,
} from './reports/private-report.ts'
export { reportPositions } from './reports/report-positions.ts'
export {
  type ProofFile,
  proofFile,
  proofFileSchema,
  type ReportFile,
  reportFile,
  reportFileSchema,
} from './reports/report-schema.ts'
export { type LayerSums, type Sums, totalOf } from './reports/sums.ts'
export {
  type DebtRank,
  debtRank,
  debtRankOfEach,
  debtRankOfMany,
  type StressRule,
} from './stress/debt-rank.ts'
export { type SpectralRadius, spectralRadius } from './stress/spectral-radius.ts'
export { createStressSystem, type Exposures, type StressSystem } from './stress/stress-system.ts'
export {
  type NetworkValuation,
  type NetworkValuationInput,
  networkValuation,
} from './valuation/network-valuation.ts'
export type { Valuation } from './valuation/valuations.ts'
