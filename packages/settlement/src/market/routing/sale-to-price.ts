// How much has to be sold at a market so that its price gets somewhere: tried on the contract's own machine, after what is under way.
import type { SwapSide } from '../constant-product/sell.ts'
import type { MarketMirror } from '../contract/market-mirror.ts'

/** No sale is tried beyond this. */
const MOST = 2n ** 127n

export interface PriceTarget {
  /** Token 0 in token 1, times 2^96: a sale of token 0 takes the price down to it, one of token 1 up. */
  readonly priceX96: bigint
  /** Sales on the same side that come first, base units. */
  readonly after: readonly bigint[]
}

/**
 * The least sale that takes the price to the target; 0 when it is there already, null when the market has not the depth or refuses
 * what comes first.
 */
export function saleToPrice(
  market: Pick<MarketMirror, 'priceAfter'>,
  side: SwapSide,
  { priceX96, after }: PriceTarget,
): bigint | null {
  const first = market.priceAfter(side, after)
  if (first === null) return null
  const isAt = (price: bigint): boolean => (side === 'sell-0' ? price <= priceX96 : price >= priceX96)
  if (isAt(first.priceX96)) return 0n
  // What is too little for the market to take comes before everything that it takes, and what is too much after.
  let smallestTaken: bigint | null = null
  const isEnough = (amount: bigint): boolean => {
    const price = market.priceAfter(side, [...after, amount])?.priceX96
    if (price === undefined) return smallestTaken !== null && amount > smallestTaken
    if (smallestTaken === null || amount < smallestTaken) smallestTaken = amount
    return isAt(price)
  }
  let high = 1n
  while (!isEnough(high)) {
    if (high > MOST) return null
    high *= 2n
  }
  let low = high / 2n
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return market.priceAfter(side, [...after, high]) === null ? null : high
}
