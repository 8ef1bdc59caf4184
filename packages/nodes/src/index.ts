// The nodes: synchronous state machines that know only ports, and what they are made from.

export { createActor } from './actor/actor.ts'
export type { ActorAction, ActorInit, ActorStep, StepWait } from './actor/actor-step.ts'
export { stolenKeysProof } from './actor/stolen-keys.ts'
export type { ArbitrageRules } from './arbitrageur/arbitrage-desk.ts'
export { type ArbitrageurInit, type ArbitrageurPorts, createArbitrageur } from './arbitrageur/arbitrageur.ts'
export { createAuctioneer } from './auctioneer/auctioneer.ts'
export type { AuctioneerInit, AuctioneerPorts } from './auctioneer/auctioneer-init.ts'
export { type AuctioneerRules, auctioneerRules } from './auctioneer/auctioneer-rules.ts'
export type { BondTerms } from './auctioneer/bond-terms.ts'
export { type HouseDiscipline, houseDisciplines } from './auctioneer/house-disciplines.ts'
export { type BridgeNodePorts, createBridgeNode } from './bridge/bridge-node.ts'
export { type BridgeNodeInit, type BridgeRole, bridgeRoles } from './bridge/bridge-node-init.ts'
export { createByzantine } from './byzantine/byzantine-node.ts'
export { type ChallengerInit, type ChallengerPorts, createChallenger } from './challenger/challenger.ts'
export { type CustodianPorts, createCustodian } from './custodian/custodian.ts'
export type { CustodianInit, CustodianPlan } from './custodian/custodian-init.ts'
export { createHedger, type HedgerInit, type HedgerPorts } from './hedger/hedger.ts'
export { createKeeper, type KeeperInit, type KeeperPorts } from './keeper/keeper.ts'
export type { BiddingRules, KeeperRules } from './keeper/keeper-rules.ts'
export {
  createMarketMaker,
  type MarketMakerInit,
  type MarketMakerPorts,
} from './market-maker/market-maker.ts'
export {
  createPerpetualMaker,
  type PerpetualMakerInit,
  type PerpetualMakerPorts,
} from './market-maker/perpetual-maker.ts'
export type { AccountRotation } from './parts/account-rotation.ts'
export type { KeyOwner } from './parts/derived-key.ts'
export type { FallPlan } from './parts/price-fall.ts'
export {
  createPerpetualKeeper,
  type PerpetualKeeperInit,
  type PerpetualKeeperPorts,
} from './perpetual-keeper/perpetual-keeper.ts'
export {
  type DrawnBorrower,
  drawBorrowers,
  drawSuppliers,
} from './population/draw-people.ts'
export { createPopulation } from './population/population.ts'
export type { PopulationInit } from './population/population-init.ts'
export {
  createProviderCrowd,
  type ProviderCrowdInit,
  type ProviderCrowdPorts,
} from './provider-crowd/provider-crowd.ts'
export { createReporter, type ReporterInit, type ReporterPorts } from './reporter/reporter.ts'
export { type Favour, favourConducts, favouredCalls } from './sequencer/favour.ts'
export { honestInclusion, type InclusionPolicy } from './sequencer/inclusion-policy.ts'
export { createSequencer, type SequencerInit, type SequencerPorts } from './sequencer/sequencer.ts'
export { createSolver } from './solver/solver.ts'
export type {
  ConfirmationTier,
  RebalanceRule,
  RiskLimits,
  SolverInit,
  SolverPorts,
} from './solver/solver-init.ts'
export { type SolverRules, solverRules } from './solver/solver-rules.ts'
export type { RatioRule } from './steward/ratio-watch.ts'
export type { RiskRule } from './steward/risk-watch.ts'
export { createSteward, type StewardInit, type StewardPorts } from './steward/steward.ts'
export { createTrader, type TraderInit, type TraderPorts } from './trader/trader.ts'
export {
  type Arrivals,
  type AwardMode,
  awardModes,
  type CurveShare,
  chainPricings,
  type ExplicitOrder,
  type OrderFlow,
  type OrderPair,
} from './user/order-flow.ts'
export { createUser, type UserInit, type UserPorts } from './user/user.ts'
export type { ActorOutcome } from './watcher/actor-outcome.ts'
export type { BalanceLine } from './watcher/balance-sheet.ts'
export type { BridgeOutcome } from './watcher/bridge-outcome.ts'
export { type Comparison, compareReports, type Difference } from './watcher/compare-reports.ts'
export type { CompetitionOutcome, FillsOutcome } from './watcher/competition-outcome.ts'
export type {
  ExposureSnapshot,
  SnapshotClaim,
  SnapshotNode,
} from './watcher/exposures/exposure-snapshot.ts'
export { decodeExposures } from './watcher/exposures/snapshot-bytes.ts'
export type { SnapshotMoment } from './watcher/exposures/snapshot-desk.ts'
export { decodeHistory } from './watcher/history/history-bytes.ts'
export type { PastMeasures, PastMoment } from './watcher/history/history-desk.ts'
export { type LossRule, lossRules } from './watcher/loss-rule.ts'
export { type OrderCounts, type OrderEnd, type OrderOutcome, orderEnds } from './watcher/order-outcome.ts'
export {
  type ChainProgress,
  decodeRunReport,
  encodeRunReport,
  type InvariantOutcome,
  type RunMeasures,
  type RunReport,
} from './watcher/run-report.ts'
export type { ReceivableSum, SolverOutcome } from './watcher/solver-outcome.ts'
export type { UserWelfare } from './watcher/user-welfare.ts'
export { warningLevels } from './watcher/warning/warning-desk.ts'
export { type WarningSignal, warningSignals } from './watcher/warning/warning-signals.ts'
export { createWatcher } from './watcher/watcher.ts'
export type { WatcherInit, WatcherNode, WatcherPorts } from './watcher/watcher-init.ts'
