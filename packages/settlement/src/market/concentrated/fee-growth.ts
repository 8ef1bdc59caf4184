// Fees a unit of liquidity, in Q128.128, modulo 2^256: what has grown within a range is the total less what grew outside its
// two ticks. Source: Uniswap v3-core, Tick.sol (getFeeGrowthInside); whitepaper, §6.3.

export interface FeeGrowth {
  readonly token0: bigint
  readonly token1: bigint
}

export const NO_GROWTH: FeeGrowth = { token0: 0n, token1: 0n }

/** The total after a fee in the token that comes in, shared by the liquidity in range. */
export function grownBy(total: FeeGrowth, fee: bigint, liquidity: bigint, isToken0: boolean): FeeGrowth {
  const growth = (fee << 128n) / liquidity
  return isToken0
    ? { token0: BigInt.asUintN(256, total.token0 + growth), token1: total.token1 }
    : { token0: total.token0, token1: BigInt.asUintN(256, total.token1 + growth) }
}

export function feeGrowthInside(range: {
  readonly lower: { readonly feeGrowthOutside: FeeGrowth }
  readonly upper: { readonly feeGrowthOutside: FeeGrowth }
  readonly tickLower: number
  readonly tickUpper: number
  readonly tickCurrent: number
  readonly feeGrowthGlobal: FeeGrowth
}): FeeGrowth {
  const inside = (token: keyof FeeGrowth): bigint => {
    const total = range.feeGrowthGlobal[token]
    const outsideLower = range.lower.feeGrowthOutside[token]
    const outsideUpper = range.upper.feeGrowthOutside[token]
    const below = range.tickCurrent >= range.tickLower ? outsideLower : total - outsideLower
    const above = range.tickCurrent < range.tickUpper ? outsideUpper : total - outsideUpper
    return BigInt.asUintN(256, total - below - above)
  }
  return { token0: inside('token0'), token1: inside('token1') }
}
