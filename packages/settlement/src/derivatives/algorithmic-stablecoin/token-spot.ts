// The spot price of a stablecoin's token on the market that its contract believes: whole pegs for a whole token, eight decimals.
import { mulDivFloor, PRICE_ONE_E8, wholeUnit } from '@solvent/primitives'
import type { MarketSpec, StablecoinSpec, TokenPriceSource } from '@solvent/protocol'
import type { MarketPrice } from '../../market/contract/market-contract.ts'

export type MarketSource = Extract<TokenPriceSource, { kind: 'market' }>

interface PricedMarket {
  readonly spec: MarketSpec
  price(): MarketPrice
}

/** Null while either side of the market is empty. */
export function tokenSpotE8(
  market: PricedMarket,
  { quoteDecimals }: MarketSource,
  { token, tokenDecimals }: Pick<StablecoinSpec, 'token' | 'tokenDecimals'>,
): bigint | null {
  const { reserve0, reserve1 } = market.price()
  const [tokens, quotes] = market.spec.token0 === token ? [reserve0, reserve1] : [reserve1, reserve0]
  if (tokens === 0n || quotes === 0n) return null
  return mulDivFloor(quotes * wholeUnit(tokenDecimals), PRICE_ONE_E8, tokens * wholeUnit(quoteDecimals))
}
