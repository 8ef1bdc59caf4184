// What a vault of one range holds and what of it a share is worth. Source: Gelato, g-uni-v1-core GUniPool.sol (burn,
// getUnderlyingBalances).
import type { RangeVault } from '@solvent/protocol'
import { type Amounts, heldByRange } from './range-amounts.ts'

/** What stands behind the shares of a vault. */
export interface VaultHoldings {
  readonly liquidity: bigint
  /** Fees that have been collected, and what roundings left. */
  readonly idle: Amounts
  readonly shares: bigint
}

/** Of a vault's position, whose owner is the vault. */
export function rangeOf({ address: owner, tickLower, tickUpper }: RangeVault) {
  return { owner, tickLower, tickUpper }
}

/** Both tokens behind a vault's shares at a price, fees that wait in the pool aside. */
export function behindVault(
  sqrtPriceX96: bigint,
  range: Pick<RangeVault, 'tickLower' | 'tickUpper'>,
  { liquidity, idle }: VaultHoldings,
): Amounts {
  const held = heldByRange(sqrtPriceX96, { ...range, liquidity })
  return { amount0: held.amount0 + idle.amount0, amount1: held.amount1 + idle.amount1 }
}

/** What of an amount some of a vault's shares take with them, as a rule that may be altered. */
export function partOfVault(amount: bigint, shares: bigint, whole: bigint): bigint {
  return (amount * shares) / whole
}
