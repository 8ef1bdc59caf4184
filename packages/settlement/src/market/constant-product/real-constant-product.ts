// The constant-product rule on real numbers, for analysis beside the exact pair: dy = γ·dx·y/(x + γ·dx), γ = 1 − fee, the
// fee stays in the pool, spot = y/x in out per in. At γ = 1: spot after / before = (x/(x+dx))², slippage = dx/(x+dx).
// Source: Angeris & Chitra, Improved Price Oracles: Constant Function Market Makers (2020), §2; reference cases amm-01.
import { sqrt } from '@solvent/primitives'

export interface RealSwapInput {
  readonly reserveIn: number
  readonly reserveOut: number
  readonly amountIn: number
  /** 0 to 1. */
  readonly fee: number
  /** The share of both reserves that leaves before the swap, 0 to 1. */
  readonly lpWithdrawnFraction: number
}

export interface RealSwap {
  readonly amountOut: number
  readonly spotBefore: number
  readonly spotAfter: number
  /** amountOut / amountIn. */
  readonly effectivePrice: number
  /** 1 − spotAfter / spotBefore. */
  readonly priceImpactSpot: number
  /** 1 − effectivePrice / spotBefore. */
  readonly slippage: number
}

/** One swap, after providers have left. @example realSwap({ reserveIn: 5, reserveOut: 5, amountIn: 5, fee: 0, lpWithdrawnFraction: 0 }).amountOut // 2.5 */
export function realSwap(input: RealSwapInput): RealSwap {
  const left = 1 - input.lpWithdrawnFraction
  const x = input.reserveIn * left
  const y = input.reserveOut * left
  const afterFee = input.amountIn * (1 - input.fee)
  const amountOut = (y * afterFee) / (x + afterFee)
  const spotBefore = y / x
  const spotAfter = (y - amountOut) / (x + input.amountIn)
  const effectivePrice = amountOut / input.amountIn
  return {
    amountOut,
    spotBefore,
    spotAfter,
    effectivePrice,
    priceImpactSpot: 1 - spotAfter / spotBefore,
    slippage: 1 - effectivePrice / spotBefore,
  }
}

/**
 * The fee-free input that moves the spot price to `priceRatioAfter` times what it was: dx = x(1/√f − 1), dy = y(1 − √f).
 *
 * @param priceRatioAfter above 0, at most 1
 */
export function realInputToReach(input: {
  readonly reserveIn: number
  readonly reserveOut: number
  readonly priceRatioAfter: number
}): { readonly amountInToReach: number; readonly amountOut: number } {
  const root = sqrt(input.priceRatioAfter)
  return { amountInToReach: input.reserveIn * (1 / root - 1), amountOut: input.reserveOut * (1 - root) }
}
