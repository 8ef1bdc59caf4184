// What a solver signs when it bids. The order id binds chain, settler and terms, the domain binds the auctioneer.
import { type Hash32, remembered } from '@solvent/primitives'
import type { Bid } from '../auction/bid.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putUint256 } from './word.ts'

export const bidTypeString = 'Bid(bytes32 orderId,address auctioneer,address solver,uint256 outputAmount)'

const struct = structBuffer(bidTypeString, 4)

/** EIP-712 digest of a bid, in the domain of the order's auctioneer; also its `bidHash`. Remembered for a while. */
export const bidDigest: (bid: Bid) => Hash32 = remembered((bid: Bid) => {
  putHex(struct, 1, bid.orderId)
  putHex(struct, 2, bid.auctioneer)
  putHex(struct, 3, bid.solver)
  putUint256(struct, 4, bid.outputAmount)
  return typedDigest(domainSeparator(domainNames.auction, null, bid.auctioneer), struct)
})
