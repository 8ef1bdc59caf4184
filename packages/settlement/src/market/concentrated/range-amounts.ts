// What the liquidity of a range holds at a price. Source: Uniswap v3-core, UniswapV3Pool.sol (_modifyPosition); v3-periphery,
// LiquidityAmounts.sol, for the way back.
import type { PoolPrice } from './pool-state.ts'
import { sqrtRatioAtTickUp } from './tick-math.ts'

export interface TickRange {
  readonly tickLower: number
  readonly tickUpper: number
}

export interface Amounts {
  readonly amount0: bigint
  readonly amount1: bigint
}

type AmountBetween = (a: bigint, b: bigint, liquidity: bigint) => bigint

/** What liquidity of a range holds: token 1 below the price, token 0 above it. */
export function amountsOf(
  price: Pick<PoolPrice, 'sqrtPriceX96' | 'tick'>,
  { tickLower, tickUpper }: TickRange,
  liquidity: bigint,
  amount0Of: AmountBetween,
  amount1Of: AmountBetween,
): Amounts {
  const lower = sqrtRatioAtTickUp(tickLower)
  const upper = sqrtRatioAtTickUp(tickUpper)
  if (price.tick < tickLower) return { amount0: amount0Of(lower, upper, liquidity), amount1: 0n }
  if (price.tick >= tickUpper) return { amount0: 0n, amount1: amount1Of(lower, upper, liquidity) }
  return {
    amount0: amount0Of(price.sqrtPriceX96, upper, liquidity),
    amount1: amount1Of(lower, price.sqrtPriceX96, liquidity),
  }
}
