/** Floor 2: auctions and other rules as pure functions. */
export { compareBids, rankFeasible } from './bid-ranking.ts'
export { type DutchSchedule, dutchDecay, firstAtOrBelow } from './dutch-decay.ts'
export { type Exclusivity, requiredUnderExclusivity } from './exclusivity.ts'
export { firstPrice } from './first-price.ts'
export type { SealedAuction, SealedBid, SealedOutcome } from './sealed-auction.ts'
export { sealedAuction } from './sealed-auctions.ts'
export { secondPrice } from './second-price.ts'
