// What an auctioneer signs when it awards an order: the result and all the bids that it reveals.
import { type Hash32, keccak256, remembered } from '@solvent/primitives'
import type { Award } from '../auction/award.ts'
import type { RevealedBid } from '../auction/bid.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger, putUint256, WORD_BYTES, wordBuffer } from './word.ts'

const revealedBidTypeString = 'RevealedBid(address solver,uint256 outputAmount,bytes32 bidHash)'
export const awardTypeString =
  'Award(bytes32 orderId,address auctioneer,address winner,uint256 outputAmount,uint32 exclusiveUntil,RevealedBid[] bids)' +
  revealedBidTypeString

const struct = structBuffer(awardTypeString, 6)
const bidStruct = structBuffer(revealedBidTypeString, 3)

/** EIP-712 digest of an award, in the domain of its auctioneer. Remembered for a while. */
export const awardDigest: (award: Award) => Hash32 = remembered((award: Award) => {
  putHex(struct, 1, award.orderId)
  putHex(struct, 2, award.auctioneer)
  putHex(struct, 3, award.winner)
  putUint256(struct, 4, award.outputAmount)
  putInteger(struct, 5, award.exclusiveUntil)
  struct.set(hashBids(award.bids), 6 * WORD_BYTES)
  return typedDigest(domainSeparator(domainNames.auction, null, award.auctioneer), struct)
})

/** EIP-712 hashes an array of structs as the keccak256 of its elements' hashes, one after the other. */
function hashBids(bids: readonly RevealedBid[]): Uint8Array {
  const hashes = wordBuffer(bids.length)
  for (let i = 0; i < bids.length; i++) {
    const bid = bids[i] as RevealedBid
    putHex(bidStruct, 1, bid.solver)
    putUint256(bidStruct, 2, bid.outputAmount)
    putHex(bidStruct, 3, bid.bidHash)
    hashes.set(keccak256(bidStruct), i * WORD_BYTES)
  }
  return keccak256(hashes)
}
