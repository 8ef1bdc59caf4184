// Where wraps of a bridge trade, and what would have to be sold there for a fall if nothing moved the pools before.
import { BPS, ZERO_ADDRESS } from '@solvent/primitives'
import { MarketMirror, saleToPrice } from '@solvent/settlement'
import { tokenAddress } from '../assembly/addresses.ts'
import { marketHoldings, marketSpecs } from '../assembly/assemble-markets.ts'
import { farChainsOf } from '../scenario/asset-chains.ts'
import { pairOf, type Venue, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export interface WrapPool {
  readonly venue: Venue
  /** The wrapped asset. */
  readonly symbol: string
}

/** Every pool that trades a wrap of the bridge: of one asset, or of all. Books have no depth when a run begins. */
export function wrapPools(scenario: Scenario, bridge: string, asset?: string): WrapPool[] {
  const routes = Object.entries(scenario.bridges[bridge]!.assets)
  return routes
    .filter(([symbol]) => asset === undefined || symbol === asset)
    .flatMap(([symbol, route]) => {
      const far = farChainsOf(route)
      return venuesOf(scenario)
        .filter(({ market }) => far.includes(market.chain) && market.kind !== 'order-book')
        .filter(({ market }) => pairOf(market).includes(symbol))
        .map((venue) => ({ venue, symbol }))
    })
}

/** Pools where an actor may be told to sell: those of wraps that it holds on their chain at the start, and all when a fault has it sell. */
export function marketsOfWraps(scenario: Scenario, actor: string): string[] {
  const { holdings } = scenario.actors[actor]!
  const isSeller = scenario.faults.some(({ kind, seller }) => kind === 'depeg' && mentions(seller, actor))
  return Object.keys(scenario.bridges).flatMap((bridge) =>
    wrapPools(scenario, bridge)
      .filter(({ venue, symbol }) => isSeller || holdings[venue.market.chain]?.[symbol] !== undefined)
      .map(({ venue }) => venue.name),
  )
}

/** A name that is written, or one of those that may be drawn. */
function mentions(written: unknown, name: string): boolean {
  return written === name || (written as { oneOf?: unknown[] } | undefined)?.oneOf?.includes(name) === true
}

/**
 * The sale that takes the pool's price of the wrap so far, as the pool stands at the start; null when it has not the depth.
 *
 * @param bps below zero, of the price at the start
 */
export function saleAtStart(scenario: Scenario, { venue, symbol }: WrapPool, bps: number): bigint | null {
  const mirror = poolAtStart(scenario, venue)
  const left = BPS + BigInt(bps)
  const { priceX96: before } = mirror.price()
  return pairOf(venue.market)[0] === symbol
    ? saleToPrice(mirror, 'sell-0', { priceX96: (before * left) / BPS, after: [] })
    : saleToPrice(mirror, 'sell-1', { priceX96: (before * BPS + left - 1n) / left, after: [] })
}

function poolAtStart(scenario: Scenario, { name, market }: Venue): MarketMirror {
  const spec = marketSpecs(scenario, '').find((each) => each.name === name)!
  const balances = marketHoldings(scenario)
    .filter(({ chain }) => chain === market.chain)
    .map(({ kind, owner = ZERO_ADDRESS, token, symbol, amount }) => ({
      ...{ kind, owner, amount },
      token: token ?? tokenAddress(scenario, market.chain, symbol),
    }))
  return new MarketMirror(spec, [{ chainId: spec.chainId, balances, accounts: [] }])
}
