// What a solver signs when it commits to a bid that nobody may read yet; in the domain of the order's auctioneer.
import { type Hash32, remembered } from '@solvent/primitives'
import type { SealedBid } from '../auction/sealed-bid.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex } from './word.ts'

export const sealedBidTypeString =
  'SealedBid(bytes32 orderId,address auctioneer,address solver,bytes32 commitment)'

const struct = structBuffer(sealedBidTypeString, 4)

/** EIP-712 digest of a sealed bid. Remembered for a while. */
export const sealedBidDigest: (sealed: SealedBid) => Hash32 = remembered((sealed: SealedBid) => {
  putHex(struct, 1, sealed.orderId)
  putHex(struct, 2, sealed.auctioneer)
  putHex(struct, 3, sealed.solver)
  putHex(struct, 4, sealed.commitment)
  return typedDigest(domainSeparator(domainNames.auction, null, sealed.auctioneer), struct)
})
