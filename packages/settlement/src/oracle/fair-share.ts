// What a share of a constant-product pair is worth by the prices of both coins outside: 2·√(k·p0·p1) over the supply, the value of the
// reserves at the ratio to which arbitrage brings them. A trade moves the reserves and leaves their product, so it moves nothing here.
// Source: Alpha Finance (Alpha Homora v2), Fair LP token pricing (UniswapV2Oracle.sol, getETHPx).
// Of a stable pool it is D over the supply (the virtual price) times the lower of the two prices: at the price outside a pool whose coins have parted holds mostly
// the cheaper one. Source: curve-contract, SwapTemplateBase.vy (get_virtual_price); Chainlink, Using Chainlink oracles to securely utilize Curve LP pools (minimum of the coins' prices).
import { isqrtFloor, minBig, WAD, wholeUnit } from '@solvent/primitives'
import type { FairShareSource } from '@solvent/protocol'
import type { PoolHoldings } from '../market/contract/market-contract.ts'
import { AMPLIFICATION_PRECISION, invariantFloor } from '../market/stable-swap/invariant.ts'

/** Of a share of 10^18 units. */
const SHARE_SQUARED = 10n ** 36n

/** In the numeraire with eight decimals, rounded down; null without shares or a price. */
export function fairShareE8(
  { reserve0, reserve1, shares }: PoolHoldings,
  price0E8: bigint,
  price1E8: bigint,
  { decimals0, decimals1, stable }: Pick<FairShareSource, 'decimals0' | 'decimals1' | 'stable'>,
): bigint | null {
  if (shares === 0n || price0E8 <= 0n || price1E8 <= 0n) return null
  if (stable !== undefined) {
    const { amplification, rate0, rate1 } = stable
    const balances = [(reserve0 * rate0) / WAD, (reserve1 * rate1) / WAD]
    const d = invariantFloor(balances, BigInt(amplification) * AMPLIFICATION_PRECISION)
    // Of what one in common units is worth: a coin that counts more than one is worth more.
    const least = minBig(
      (price0E8 * 10n ** BigInt(36 - decimals0)) / rate0,
      (price1E8 * 10n ** BigInt(36 - decimals1)) / rate1,
    )
    return d === null ? null : (d * least) / shares
  }
  const units = wholeUnit(decimals0) * wholeUnit(decimals1)
  return (2n * isqrtFloor((reserve0 * reserve1 * price0E8 * price1E8 * SHARE_SQUARED) / units)) / shares
}
