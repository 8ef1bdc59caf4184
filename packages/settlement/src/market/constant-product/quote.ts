// What a constant-product pool pays for an input and asks for an output, in base units. Source: Uniswap v2-periphery,
// UniswapV2Library.sol (getAmountOut, getAmountIn), with the fee of 997/1000 as a parameter, as its forks have it.

/** The share of an input that stays with the liquidity providers: `numerator / denominator`, below 1. */
export interface PairFee {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** 0.3 %: UniswapV2Pair.sol, swap. */
export const UNISWAP_V2_FEE: PairFee = { numerator: 3n, denominator: 1_000n }

/**
 * ⌊γ·a·Ro / (d·Ri + γ·a)⌋ with γ = d − fee numerator; 0 from an empty pool.
 *
 * @example amountOutFloor(10n ** 18n, 10n ** 20n, 2n * 10n ** 11n, UNISWAP_V2_FEE) // 1974316068n
 */
export function amountOutFloor(
  amountIn: bigint,
  reserveIn: bigint,
  reserveOut: bigint,
  fee: PairFee,
): bigint {
  if (amountIn <= 0n || reserveIn <= 0n || reserveOut <= 0n) return 0n
  const afterFee = amountIn * (fee.denominator - fee.numerator)
  return (afterFee * reserveOut) / (reserveIn * fee.denominator + afterFee)
}

/**
 * ⌊d·Ri·b / (γ·(Ro − b))⌋ + 1, enough to be paid `amountOut`; null when no input is.
 *
 * @example amountInUp(1974316068n, 10n ** 20n, 2n * 10n ** 11n, UNISWAP_V2_FEE) // 999999999593763120n
 */
export function amountInUp(
  amountOut: bigint,
  reserveIn: bigint,
  reserveOut: bigint,
  fee: PairFee,
): bigint | null {
  if (amountOut < 0n || amountOut >= reserveOut || reserveIn <= 0n) return null
  const asked = reserveIn * amountOut * fee.denominator
  return asked / ((reserveOut - amountOut) * (fee.denominator - fee.numerator)) + 1n
}
