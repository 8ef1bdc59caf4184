// Which rule an auctioneer decides an order by, and until when its bids may come. Unix seconds.

/** As an order names them; what each of them does is `@solvent/mechanisms`. */
export const auctionRules = [
  'first-price',
  'second-price',
  'request-for-quote',
  'sealed-encrypted',
  'fair-combinatorial',
] as const
export type AuctionRule = (typeof auctionRules)[number]

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
