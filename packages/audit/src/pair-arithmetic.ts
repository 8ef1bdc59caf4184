// What a constant-product pair owes, by the audit's own arithmetic: from k, not from the quote that the contract uses.
import type { MarketLedger } from './market-ledger.ts'

const PIPS = 1_000_000n
/** Shares that the first provision locks for ever (Uniswap v2-core, MINIMUM_LIQUIDITY). */
export const LOCKED_SHARES = 1_000n

/**
 * Why a swap breaks the rule of the pair: with the fee on the input left out, the product of the reserves may not fall, and
 * one unit more out would make it fall.
 */
export function pairSwapProblem(
  { reserve0, reserve1 }: Pick<MarketLedger, 'reserve0' | 'reserve1'>,
  feePips: number,
  swap: { readonly sells0: boolean; readonly amountIn: bigint; readonly amountOut: bigint },
): string | null {
  const { sells0, amountIn, amountOut } = swap
  const [reserveIn, reserveOut] = sells0 ? [reserve0, reserve1] : [reserve1, reserve0]
  const counted = reserveIn * PIPS + amountIn * (PIPS - BigInt(feePips))
  const k = reserveIn * reserveOut * PIPS
  if (counted * (reserveOut - amountOut) < k) return `lowers k: ${amountOut} for ${amountIn}`
  return counted * (reserveOut - amountOut - 1n) >= k
    ? `pays ${amountOut} for ${amountIn}, less than k allows`
    : null
}

/** Why shares are not what two amounts are worth: the smaller part, rounded down; √(x·y) less the locked ones at first. */
export function provisionProblem(
  { reserve0, reserve1, shares: supply }: Pick<MarketLedger, 'reserve0' | 'reserve1' | 'shares'>,
  added: { readonly amount0: bigint; readonly amount1: bigint; readonly shares: bigint },
): string | null {
  const { amount0, amount1, shares } = added
  if (supply === 0n) {
    const all = shares + LOCKED_SHARES
    const isRoot = all * all <= amount0 * amount1 && (all + 1n) * (all + 1n) > amount0 * amount1
    return isRoot ? null : `${shares} first shares for ${amount0} and ${amount1}`
  }
  const isCovered = shares * reserve0 <= amount0 * supply && shares * reserve1 <= amount1 * supply
  const more = shares + 1n
  const isMost = more * reserve0 > amount0 * supply || more * reserve1 > amount1 * supply
  return isCovered && isMost ? null : `${shares} shares for ${amount0} and ${amount1}`
}

/** Why a share of a pool is not what left it: each amount is the part of its reserve, rounded down. */
export function withdrawalProblem(
  { reserve0, reserve1, shares: supply }: Pick<MarketLedger, 'reserve0' | 'reserve1' | 'shares'>,
  removed: { readonly amount0: bigint; readonly amount1: bigint; readonly shares: bigint },
): string | null {
  const { amount0, amount1, shares } = removed
  const isPart = (amount: bigint, reserve: bigint): boolean =>
    amount * supply <= shares * reserve && (amount + 1n) * supply > shares * reserve
  return isPart(amount0, reserve0) && isPart(amount1, reserve1)
    ? null
    : `${amount0} and ${amount1} for ${shares} shares of ${supply}`
}
