// What a share of a constant-product pair is worth by the prices of both coins outside: 2·√(k·p0·p1) over the supply, the value of the
// reserves at the ratio to which arbitrage brings them. A trade moves the reserves and leaves their product, so it moves nothing here.
// Source: Alpha Finance (Alpha Homora v2), Fair LP token pricing (UniswapV2Oracle.sol, getETHPx).
import { isqrtFloor, wholeUnit } from '@solvent/primitives'
import type { FairShareSource } from '@solvent/protocol'
import type { PoolHoldings } from '../market/contract/market-contract.ts'

/** Of a share of 10^18 units. */
const SHARE_SQUARED = 10n ** 36n

/** In the numeraire with eight decimals, rounded down; null without shares or a price. */
export function fairShareE8(
  { reserve0, reserve1, shares }: PoolHoldings,
  price0E8: bigint,
  price1E8: bigint,
  { decimals0, decimals1 }: Pick<FairShareSource, 'decimals0' | 'decimals1'>,
): bigint | null {
  if (shares === 0n || price0E8 <= 0n || price1E8 <= 0n) return null
  const units = wholeUnit(decimals0) * wholeUnit(decimals1)
  return (2n * isqrtFloor((reserve0 * reserve1 * price0E8 * price1E8 * SHARE_SQUARED) / units)) / shares
}
