/** Floor 2: auctions and other rules of award as pure functions. */
export {
  exactOptimum,
  type FairCombinatorialOutcome,
  fairCombinatorial,
  type Solution,
} from './batch/fair-combinatorial.ts'
export {
  type ConsistencyRecord,
  consistencyBudget,
  consistencyRewards,
  type PerformanceTerms,
  performanceReward,
} from './batch/solver-rewards.ts'
export {
  cournotDiscount,
  criticalDiscount,
  discountUnderDetection,
  discountUnderLag,
  equalSplitDiscount,
  rotationDiscount,
} from './closed-forms/critical-discount.ts'
export {
  type EntryEquilibrium,
  type EntryOutcome,
  type EntryTerms,
  entryEquilibrium,
  entryOutcome,
} from './closed-forms/entry.ts'
export { cartelRent, ringGain, ringOvercharge, ringPrice } from './closed-forms/rings.ts'
export {
  equilibriumPrice,
  expectedPrice,
  optimalReserve,
  priceVariance,
  rentPerSolver,
  stoppingTime,
  type UnderReserve,
  underReserve,
} from './closed-forms/uniform-costs.ts'
export {
  type BenchmarkTerms,
  BestOfferBenchmark,
  type ChallengeOutcome,
} from './discipline/best-offer-benchmark.ts'
export { BondRegister, type BondTerms, deterringBond } from './discipline/bonds.ts'
export { DenyList } from './discipline/deny-list.ts'
export { type Discipline, type Settlement, underDisciplines } from './discipline/discipline.ts'
export { FadeBreaker, type FillerStanding, unpunishedFades } from './discipline/fade-breaker.ts'
export { OIF_REPUTATION, Reputation, type ReputationTerms } from './discipline/reputation.ts'
export {
  type Clearing,
  type DropReason,
  dropReasons,
  GAS,
  type Lot,
  type LotAward,
  type Mechanism,
  type MechanismRule,
  type Offer,
  type Payment,
  PRODUCER,
  PROTOCOL,
  type Round,
} from './mechanism.ts'
export { createMechanism, type MechanismConfig, type MechanismName, mechanismRules } from './registry.ts'
export { highestFee, outputAtFee } from './rules/priority-fee.ts'
export { compareBids, rankFeasible } from './sealed/bid-ranking.ts'
export { firstPrice } from './sealed/first-price.ts'
export { recordWeight } from './sealed/reputation.ts'
export type { SealedAuction, SealedBid, SealedOutcome } from './sealed/sealed-auction.ts'
export { sealedAuction } from './sealed/sealed-auctions.ts'
export { secondPrice } from './sealed/second-price.ts'
export { commitPolynomial, isShareOf } from './share-commitments.ts'
export { commitAmount, maskAmount, recoverSecret, type SecretShare, shareSecret } from './threshold-seal.ts'
