/** Floor 2: sealed-bid auctions as pure functions. */
export { compareBids, rankFeasible } from './bid-ranking.ts'
export { firstPrice } from './first-price.ts'
export type { SealedAuction, SealedBid, SealedOutcome } from './sealed-auction.ts'
export { sealedAuction } from './sealed-auctions.ts'
export { secondPrice } from './second-price.ts'
