// What liquidity is worth between two prices, and how far an amount moves the price. Source: Uniswap v3-core,
// SqrtPriceMath.sol, FullMath.sol (its 512-bit products are plain here). Prices are √ of token 1 a token 0 in Q64.96.
import { mulDivFloor, mulDivUp } from '@solvent/primitives'

export const Q96 = 1n << 96n
const WORD = 1n << 256n

const divUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b

/** Token 0 between two prices, in either order: L·(√b − √a)/(√a·√b). */
export function amount0Floor(a: bigint, b: bigint, liquidity: bigint): bigint {
  const [lower, upper] = a < b ? [a, b] : [b, a]
  return mulDivFloor(liquidity * Q96, upper - lower, upper) / lower
}

export function amount0Up(a: bigint, b: bigint, liquidity: bigint): bigint {
  const [lower, upper] = a < b ? [a, b] : [b, a]
  return divUp(mulDivUp(liquidity * Q96, upper - lower, upper), lower)
}

/** Token 1 between two prices: L·(√b − √a). */
export function amount1Floor(a: bigint, b: bigint, liquidity: bigint): bigint {
  return mulDivFloor(liquidity, a < b ? b - a : a - b, Q96)
}

export function amount1Up(a: bigint, b: bigint, liquidity: bigint): bigint {
  return mulDivUp(liquidity, a < b ? b - a : a - b, Q96)
}

/** The price once an input of token 0 (down) or of token 1 (up) is in, never past what the input pays for. */
export function priceAfterInput(
  price: bigint,
  liquidity: bigint,
  amountIn: bigint,
  isToken0: boolean,
): bigint {
  return isToken0 ? priceAfter0InUp(price, liquidity, amountIn) : price + (amountIn * Q96) / liquidity
}

/** The price once an output is out, far enough to have given it; null when the liquidity does not hold so much. */
export function priceAfterOutput(
  price: bigint,
  liquidity: bigint,
  amountOut: bigint,
  isToken1: boolean,
): bigint | null {
  if (isToken1) {
    const fall = divUp(amountOut * Q96, liquidity)
    return fall < price ? price - fall : null
  }
  if (amountOut === 0n) return price
  const whole = liquidity * Q96
  const taken = amountOut * price
  return taken < whole ? mulDivUp(whole, price, whole - taken) : null
}

/** Where the contract's product would overflow 256 bits it divides first, and so does this. */
function priceAfter0InUp(price: bigint, liquidity: bigint, amountIn: bigint): bigint {
  if (amountIn === 0n) return price
  const whole = liquidity * Q96
  const product = amountIn * price
  return product < WORD && whole + product < WORD
    ? mulDivUp(whole, price, whole + product)
    : divUp(whole, whole / price + amountIn)
}
