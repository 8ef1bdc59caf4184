// How much of a token stands behind an account's loans in several places together, whatever it is pledged as: the coin itself, a receipt of a
// pool that lends it, shares of a pair that holds it or of a vault whose range does, to any depth.
import { type Address, RAY } from '@solvent/primitives'
import { type CollateralCheckSpec, marketShareToken } from '@solvent/protocol'
import type { ChainState } from '../chain/chain-state.ts'
import { accrued, type Reserve, supplyBalanceFloor } from '../lending/reserve.ts'
import { behindVault } from '../market/concentrated/vault-holdings.ts'

/** A claim on a claim on …: a circle ends here. */
const MAX_DEPTH = 16

type Looked = Pick<ChainState, 'lending' | 'isolated' | 'markets' | 'holdingsOf' | 'vaultOf'>

/** Base units of the check's token. */
export function pledgedBehind(
  state: Looked,
  { places, token }: CollateralCheckSpec,
  owner: Address,
  now: number,
): bigint {
  let sum = 0n
  for (const place of places) {
    const pool = state.lending.get(place)
    for (const { asset, scaledSupply, isCollateral } of pool?.accounts.get(owner)?.positions ?? []) {
      const reserve = pool?.reserves.get(asset)
      if (!isCollateral || reserve === undefined) continue
      const amount = supplyBalanceFloor(scaledSupply, accrued(reserve, now))
      sum += heldIn(state, { held: asset as Address, amount }, token, now)
    }
    const market = state.isolated.get(place)
    const collateral = market?.positions.get(owner)?.collateral ?? 0n
    if (market !== undefined)
      sum += heldIn(state, { held: market.spec.collateral.token, amount: collateral }, token, now)
  }
  return sum
}

/** What of a token an amount of another stands for. */
function heldIn(
  state: Looked,
  { held, amount }: { readonly held: Address; readonly amount: bigint },
  token: Address,
  now: number,
  depth = 0,
): bigint {
  if (held === token) return amount
  if (amount === 0n || depth > MAX_DEPTH) return 0n
  const within = (next: Address, part: bigint): bigint =>
    heldIn(state, { held: next, amount: part }, token, now, depth + 1)
  for (const pool of state.lending.values())
    for (const { token: lent } of pool.spec.reserves)
      if (pool.receiptOf(lent) === held) {
        const reserve = accrued(pool.reserves.get(lent) as Reserve, now)
        return within(lent, (amount * reserve.liquidityIndexRay) / RAY)
      }
  for (const market of state.markets.values()) {
    const { spec } = market
    const vault = market.kind === 'ranges' ? market.vault(held) : undefined
    const inVault = vault === undefined ? null : state.vaultOf(spec.address, held)
    if (market.kind === 'ranges' && vault !== undefined && inVault !== null && inVault.shares > 0n) {
      const { amount0, amount1 } = behindVault(market.root(), vault, inVault)
      const { shares } = inVault
      return (
        within(spec.token0, (amount * amount0) / shares) + within(spec.token1, (amount * amount1) / shares)
      )
    }
    const holdings = marketShareToken(spec) === held ? state.holdingsOf(spec.address) : null
    if (holdings === null || holdings.shares === 0n) continue
    const { reserve0, reserve1, shares } = holdings
    return (
      within(spec.token0, (amount * reserve0) / shares) + within(spec.token1, (amount * reserve1) / shares)
    )
  }
  return 0n
}
