/** Floor 2: auctions and other rules of award as pure functions. */
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
export { compareBids, rankFeasible } from './sealed/bid-ranking.ts'
export { firstPrice } from './sealed/first-price.ts'
export type { SealedAuction, SealedBid, SealedOutcome } from './sealed/sealed-auction.ts'
export { sealedAuction } from './sealed/sealed-auctions.ts'
export { secondPrice } from './sealed/second-price.ts'
