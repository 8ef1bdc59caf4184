// What the liquidity of a range holds at a price. Source: Uniswap v3-core, UniswapV3Pool.sol (_modifyPosition); v3-periphery,
// LiquidityAmounts.sol, for the way back.
import { minBig, mulDivFloor } from '@solvent/primitives'
import type { PoolPrice } from './pool-state.ts'
import { amount0Floor, amount0Up, amount1Floor, amount1Up, Q96 } from './sqrt-price-math.ts'
import { sqrtRatioAtTickUp, tickAtSqrtRatioFloor } from './tick-math.ts'

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

/** What a range holds at a price, fees aside. */
export function heldByRange(
  sqrtPriceX96: bigint,
  range: TickRange & { readonly liquidity: bigint },
): Amounts {
  const price = { sqrtPriceX96, tick: tickAtSqrtRatioFloor(sqrtPriceX96) }
  return amountsOf(price, range, range.liquidity, amount0Floor, amount1Floor)
}

/** The most liquidity that both amounts pay for at a price. */
export function liquidityFloor(
  sqrtPriceX96: bigint,
  { tickLower, tickUpper }: TickRange,
  { amount0, amount1 }: Amounts,
): bigint {
  const lower = sqrtRatioAtTickUp(tickLower)
  const upper = sqrtRatioAtTickUp(tickUpper)
  if (sqrtPriceX96 <= lower) return of0(lower, upper, amount0)
  if (sqrtPriceX96 >= upper) return of1(lower, upper, amount1)
  return minBig(of0(sqrtPriceX96, upper, amount0), of1(lower, sqrtPriceX96, amount1))
}

function of0(lower: bigint, upper: bigint, amount0: bigint): bigint {
  return mulDivFloor(amount0, mulDivFloor(lower, upper, Q96), upper - lower)
}

function of1(lower: bigint, upper: bigint, amount1: bigint): bigint {
  return mulDivFloor(amount1, Q96, upper - lower)
}

/** What providing between two ticks at a price takes of two amounts at most, and the liquidity that it is. */
export function provisionOf(
  sqrtPriceX96: bigint,
  range: TickRange,
  wanted: Amounts,
): Amounts & { readonly liquidity: bigint } {
  const liquidity = liquidityFloor(sqrtPriceX96, range, wanted)
  const price = { sqrtPriceX96, tick: tickAtSqrtRatioFloor(sqrtPriceX96) }
  return { liquidity, ...amountsOf(price, range, liquidity, amount0Up, amount1Up) }
}
