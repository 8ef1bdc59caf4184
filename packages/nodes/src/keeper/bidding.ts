// What to bid in an English auction: little where nobody has bid, then by steps up to a ceiling; at the full target the lot shrinks by
// steps to what the target is worth paying for. Integer, every division rounded down.
import { BPS, divUp, maxBig, minBig } from '@solvent/primitives'
import type { BiddingRules } from './keeper-rules.ts'

export interface StandingBid {
  readonly lot: bigint
  readonly bid: bigint
  readonly tab: bigint
  /** Least raise: 300 asks for 1.03 times the last bid. */
  readonly raiseBps: bigint
}

export interface NextBid {
  readonly lot: bigint
  readonly bid: bigint
}

/**
 * The next bid, or null when the auction is worth no more.
 *
 * @param worth what the lot sells for, in the coin of the bids
 * @param most what there is to bid
 */
export function nextBid(
  { lot, bid, tab, raiseBps }: StandingBid,
  worth: bigint,
  most: bigint,
  { discountBps, openingBps, answerBps }: BiddingRules,
): NextBid | null {
  const ceiling = minBig(most, (worth * (BPS - BigInt(discountBps))) / BPS)
  if (bid < tab) {
    const least = minBig(tab, maxBig(divUp(bid * (BPS + raiseBps), BPS), bid + 1n))
    if (least > ceiling) return null
    const wanted =
      bid === 0n ? (ceiling * BigInt(openingBps)) / BPS : bid + ((ceiling - bid) * BigInt(answerBps)) / BPS
    return { lot, bid: minBig(tab, maxBig(least, wanted)) }
  }
  if (tab > most || ceiling === 0n) return null
  // The lot at which the target is the ceiling.
  const smallest = divUp(tab * lot, ceiling)
  const largest = (lot * BPS) / (BPS + raiseBps)
  if (smallest > largest) return null
  const wanted = lot - ((lot - smallest) * BigInt(answerBps)) / BPS
  return { lot: minBig(largest, maxBig(smallest, wanted)), bid }
}
