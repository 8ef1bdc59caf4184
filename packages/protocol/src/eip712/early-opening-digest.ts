// What a member of a committee signs when it was asked for shares too early; in the domain of whoever asked.
import { type Hash32, remembered } from '@solvent/primitives'
import type { EarlyOpening } from '../auction/early-opening.ts'
import { domainNames, domainSeparator } from './domain.ts'
import { structBuffer, typedDigest } from './typed-digest.ts'
import { putHex, putInteger } from './word.ts'

export const earlyOpeningTypeString =
  'EarlyOpening(bytes32 orderId,address auctioneer,address witness,uint32 askedAt,uint32 closesAt)'

const struct = structBuffer(earlyOpeningTypeString, 5)

/** EIP-712 digest of a testimony. Remembered for a while. */
export const earlyOpeningDigest: (opening: EarlyOpening) => Hash32 = remembered((opening: EarlyOpening) => {
  putHex(struct, 1, opening.orderId)
  putHex(struct, 2, opening.auctioneer)
  putHex(struct, 3, opening.witness)
  putInteger(struct, 4, opening.askedAt)
  putInteger(struct, 5, opening.closesAt)
  return typedDigest(domainSeparator(domainNames.auction, null, opening.auctioneer), struct)
})
