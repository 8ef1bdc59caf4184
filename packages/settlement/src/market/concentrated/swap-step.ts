// One step of a swap, between two prices over which the liquidity is constant. Source: Uniswap v3-core, SwapMath.sol
// (computeSwapStep). The direction follows from the prices; a positive amount is what may still go in (the fee with it), a
// negative one what is still to come out.
import {
  amount0Floor,
  amount0Up,
  amount1Floor,
  amount1Up,
  priceAfterInput,
  priceAfterOutput,
} from './sqrt-price-math.ts'

export interface SwapStep {
  readonly sqrtPriceX96: bigint
  /** Without the fee. */
  readonly amountIn: bigint
  readonly amountOut: bigint
  readonly feeAmount: bigint
}

const PIPS = 1_000_000n

/**
 * @param amountRemaining not 0
 * @param feePips of the input, in parts of a million
 * @example swapStep({ sqrtPriceX96: 2n, targetX96: 1n, liquidity: 1n, amountRemaining: 10n ** 34n, feePips: 1n }).amountIn // 39614081257132168796771975168n
 */
export function swapStep(input: {
  readonly sqrtPriceX96: bigint
  readonly targetX96: bigint
  readonly liquidity: bigint
  readonly amountRemaining: bigint
  readonly feePips: bigint
}): SwapStep {
  const { sqrtPriceX96: price, targetX96: target, liquidity, amountRemaining, feePips } = input
  const zeroForOne = price >= target
  const isExactIn = amountRemaining >= 0n
  const inUp = (to: bigint): bigint =>
    zeroForOne ? amount0Up(to, price, liquidity) : amount1Up(price, to, liquidity)
  const outFloor = (to: bigint): bigint =>
    zeroForOne ? amount1Floor(to, price, liquidity) : amount0Floor(price, to, liquidity)

  let next = target
  if (isExactIn) {
    const afterFee = (amountRemaining * (PIPS - feePips)) / PIPS
    if (afterFee < inUp(target)) next = priceAfterInput(price, liquidity, afterFee, zeroForOne)
  } else if (-amountRemaining < outFloor(target)) {
    // Less than the way to the target gives, so the liquidity holds it.
    next = priceAfterOutput(price, liquidity, -amountRemaining, zeroForOne) as bigint
  }
  const amountIn = inUp(next)
  const given = outFloor(next)
  const amountOut = !isExactIn && given > -amountRemaining ? -amountRemaining : given
  const feeAmount =
    isExactIn && next !== target
      ? amountRemaining - amountIn
      : (amountIn * feePips + (PIPS - feePips) - 1n) / (PIPS - feePips)
  return { sqrtPriceX96: next, amountIn, amountOut, feeAmount }
}
