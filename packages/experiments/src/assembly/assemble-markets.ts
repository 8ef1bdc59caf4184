// From a scenario's markets to their contracts, and to what their pools and providers hold when the run begins.
import { isqrtFloor, parseUnits, ZERO_ADDRESS } from '@solvent/primitives'
import { type MarketSpec, marketAddress, marketShareToken } from '@solvent/protocol'
import { MINIMUM_LIQUIDITY } from '@solvent/settlement'
import { feePips } from '../scenario/check-markets.ts'
import { pairOf, partOf, type Venue, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { tokenAddress } from './addresses.ts'
import { chainIdOf } from './assemble-spec.ts'
import { HOLDERS, type Holding } from './holding.ts'

export function marketSpecs(scenario: Scenario): MarketSpec[] {
  return venuesOf(scenario).map(({ name, market }) => {
    const [first, second] = pairOf(market)
    return {
      name,
      chainId: chainIdOf(scenario, market.chain),
      address: marketAddress(name),
      token0: tokenAddress(scenario, market.chain, first),
      token1: tokenAddress(scenario, market.chain, second),
      design: { kind: market.kind, feePips: feePips(market) },
    }
  })
}

/** Reserves, and the shares of who provided them: as the first `add-liquidity` mints them. */
export function marketHoldings(scenario: Scenario): Holding[] {
  return venuesOf(scenario).flatMap((venue) => {
    const { name, market } = venue
    const { chain } = market
    const [first, second] = pairOf(market)
    const [amount0, amount1] = [reserveOf(scenario, venue, first), reserveOf(scenario, venue, second)]
    const pool = { chain, kind: 'POOL', name, owner: marketAddress(name) } as const
    const share = { chain, symbol: `${name}-share`, kind: 'USER', token: marketShareToken({ name }) } as const
    return [
      { ...pool, symbol: first, amount: amount0 },
      { ...pool, symbol: second, amount: amount1 },
      { ...share, name: market.provider ?? HOLDERS, amount: providedShares(scenario, venue) },
      { ...share, name: 'nobody', owner: ZERO_ADDRESS, amount: MINIMUM_LIQUIDITY },
    ]
  })
}

/** What the provider of a venue holds: √(x·y), less the shares that are locked for ever. */
export function providedShares(scenario: Scenario, venue: Venue): bigint {
  const [first, second] = pairOf(venue.market)
  const product = reserveOf(scenario, venue, first) * reserveOf(scenario, venue, second)
  return isqrtFloor(product) - MINIMUM_LIQUIDITY
}

function reserveOf(scenario: Scenario, venue: Venue, symbol: string): bigint {
  return partOf(parseUnits(venue.market.reserves[symbol]!, scenario.assets[symbol]!.decimals), venue)
}
