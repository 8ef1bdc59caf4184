// Which rule an auctioneer decides an order by, and until when its bids may come. Unix seconds.

/**
 * As an order names them, with the number that stands in what its user signs; what each of them does is `@solvent/mechanisms`. A new one takes the next
 * number, and none is ever given away again.
 */
export const auctionRuleCodes = {
  'first-price': 1,
  'second-price': 2,
  'request-for-quote': 3,
  'sealed-encrypted': 4,
  'fair-combinatorial': 5,
  reputation: 6,
} as const
export type AuctionRule = keyof typeof auctionRuleCodes
export const auctionRules = Object.keys(auctionRuleCodes) as readonly AuctionRule[]

/** After the close of a sealed-encrypted auction, how long its bids may be opened. */
export const REVEAL_SECONDS = 10

/** The last second at which something of the bids may still come; the award is made when it is over. */
export function lastBidSecond({
  rule,
  closesAt,
}: {
  readonly rule: AuctionRule
  readonly closesAt: number
}): number {
  return rule === 'sealed-encrypted' ? closesAt + REVEAL_SECONDS : closesAt
}
