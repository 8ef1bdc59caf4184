// What a share of a range's vault is worth by the prices of both coins outside: the two amounts that the range would hold if the pool stood
// at the ratio of those prices, where arbitrage brings it, and what lies in the vault. A trade moves the pool's price and leaves the liquidity, so
// it moves nothing here. Source: makerdao/univ3-lp-oracle, GUniLPOracle.sol (seek), after gelatodigital/g-uni-v1-core,
// getUnderlyingBalancesAtPrice. Fees that wait in the pool are not counted until they are collected: a share is worth that little more.
import { isqrtFloor, WAD, wholeUnit } from '@solvent/primitives'
import type { VaultShareSource } from '@solvent/protocol'
import { MAX_SQRT_RATIO, MIN_SQRT_RATIO } from '../market/concentrated/tick-math.ts'
import { behindVault, type VaultHoldings } from '../market/concentrated/vault-holdings.ts'

/** Of a share of 10^18 units, in the numeraire with eight decimals, rounded down; null without shares, a price, or a ratio that a pool can have. */
export function vaultShareE8(
  held: VaultHoldings,
  price0E8: bigint,
  price1E8: bigint,
  { decimals0, decimals1, ...range }: Omit<VaultShareSource, 'kind' | 'market' | 'vault' | 'of' | 'other'>,
): bigint | null {
  if (held.shares === 0n || price0E8 <= 0n || price1E8 <= 0n) return null
  const [unit0, unit1] = [wholeUnit(decimals0), wholeUnit(decimals1)]
  const root = isqrtFloor(((price0E8 * unit1) << 192n) / (price1E8 * unit0))
  if (root < MIN_SQRT_RATIO || root >= MAX_SQRT_RATIO) return null
  const { amount0, amount1 } = behindVault(root, range, held)
  return ((amount0 * price0E8 * unit1 + amount1 * price1E8 * unit0) * WAD) / (unit0 * unit1 * held.shares)
}
