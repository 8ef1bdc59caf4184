// What has to be sold of a wrapped asset so that its price falls by so much: in every pool where it trades, tried on the contract's own
// machine as it stands when the run begins. A pool moves further or less far when others have traded or withdrawn before.
import { BPS, ZERO_ADDRESS } from '@solvent/primitives'
import { MarketMirror } from '@solvent/settlement'
import { tokenAddress } from '../assembly/addresses.ts'
import { marketHoldings, marketSpecs } from '../assembly/assemble-markets.ts'
import { farChainsOf } from '../scenario/asset-chains.ts'
import { pairOf, type Venue, venuesOf } from '../scenario/market-names.ts'
import { reserveOf } from '../scenario/market-ranges.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export interface WrapPool {
  readonly venue: Venue
  /** The wrapped asset. */
  readonly symbol: string
}

/** No pool is sold more than this many times what it has. */
const MOST_RESERVES = 1_024n

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

/**
 * The least sales, one after the other, each of which takes the pool's price of the wrap down by an equal part of the fall; null when
 * the pool has not the depth for them.
 *
 * @param bps below zero, of the price at the start
 */
export function salesThatMove(
  scenario: Scenario,
  { venue, symbol }: WrapPool,
  { bps, waves }: { readonly bps: number; readonly waves: number },
): bigint[] | null {
  const mirror = poolAtStart(scenario, venue)
  const side = pairOf(venue.market)[0] === symbol ? 'sell-0' : 'sell-1'
  const most = reserveOf(scenario, venue, symbol) * MOST_RESERVES
  const before = mirror.price().priceX96
  const sales: bigint[] = []
  for (let wave = 1; wave <= waves; wave++) {
    const left = BPS + BigInt(Math.trunc((bps * wave) / waves))
    const sold = leastAmount(most, (amount) => {
      const after = mirror.priceAfter(side, [...sales, amount])?.priceX96
      // Too much for the pool is past it, too.
      if (after === undefined) return true
      return side === 'sell-0' ? after * BPS <= before * left : before * BPS <= after * left
    })
    if (sold === null || mirror.priceAfter(side, [...sales, sold]) === null) return null
    sales.push(sold)
  }
  return sales
}

/** The least amount for which something is so that stays so for more; null when it is not for the most either. */
function leastAmount(most: bigint, isSo: (amount: bigint) => boolean): bigint | null {
  if (!isSo(most)) return null
  let [low, high] = [0n, most]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (isSo(middle)) high = middle
    else low = middle
  }
  return high
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
