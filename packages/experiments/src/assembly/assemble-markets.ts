// From a scenario's markets to their contracts, and to what their pools and providers hold when the run begins.
import { isqrtFloor, parseUnits, WAD, ZERO_ADDRESS } from '@solvent/primitives'
import { type MarketDesign, type MarketSpec, marketAddress, marketShareToken } from '@solvent/protocol'
import { invariantFloor, MINIMUM_LIQUIDITY, stableRules } from '@solvent/settlement'
import { chainIdOf } from '../scenario/chain-id.ts'
import { feePips } from '../scenario/check-markets.ts'
import { pairOf, partOf, type ScenarioMarket, type Venue, venuesOf } from '../scenario/market-names.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { tokenAddress } from './addresses.ts'
import type { Holding } from './holding.ts'

const RATE_DECIMALS = 18

export function marketSpecs(scenario: Scenario): MarketSpec[] {
  return venuesOf(scenario).map(({ name, market }) => {
    const [first, second] = pairOf(market)
    return {
      name,
      chainId: chainIdOf(scenario, market.chain),
      address: marketAddress(name),
      token0: tokenAddress(scenario, market.chain, first),
      token1: tokenAddress(scenario, market.chain, second),
      design: designOf(scenario, market),
    }
  })
}

function designOf(scenario: Scenario, market: ScenarioMarket): MarketDesign {
  const fee = feePips(market)
  if (market.kind === 'constant-product') return { kind: 'constant-product', feePips: fee }
  const [first, second] = pairOf(market)
  const scale = (symbol: string): bigint => 10n ** BigInt(RATE_DECIMALS - scenario.assets[symbol]!.decimals)
  return {
    kind: 'stable-swap',
    feePips: fee,
    amplification: market.amplification,
    rate0: scale(first) * parseUnits(market.rate, RATE_DECIMALS),
    rate1: scale(second) * parseUnits('1', RATE_DECIMALS),
  }
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
      ...(market.kind === 'constant-product'
        ? [{ ...share, name: 'nobody', owner: ZERO_ADDRESS, amount: MINIMUM_LIQUIDITY }]
        : []),
    ]
  })
}

/** What the provider of a venue holds: √(x·y) less the shares that are locked for ever, or D of a stable pool. */
export function providedShares(scenario: Scenario, venue: Venue): bigint {
  const [first, second] = pairOf(venue.market)
  const [reserve0, reserve1] = [reserveOf(scenario, venue, first), reserveOf(scenario, venue, second)]
  const design = designOf(scenario, venue.market)
  if (design.kind === 'constant-product') return isqrtFloor(reserve0 * reserve1) - MINIMUM_LIQUIDITY
  const { amplification, rates } = stableRules(design)
  const [rate0, rate1] = rates as [bigint, bigint]
  return invariantFloor([(reserve0 * rate0) / WAD, (reserve1 * rate1) / WAD], amplification) ?? 0n
}

function reserveOf(scenario: Scenario, venue: Venue, symbol: string): bigint {
  return partOf(parseUnits(venue.market.reserves[symbol]!, scenario.assets[symbol]!.decimals), venue)
}
