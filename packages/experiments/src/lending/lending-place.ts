// Where coins are lent, by name: a pool with its reserves or an isolated market with its two sides. Steps, populations and controls name both
// alike.
import type { Scenario } from '../scenario/scenario-schema.ts'

export interface LendingPlace {
  readonly chain: string
  /** As the file names them. */
  readonly assets: readonly string[]
  readonly isolated: boolean
  /** Accounts that its positions name. */
  readonly holders: readonly string[]
}

export function lendingPlace(scenario: Scenario, name: string): LendingPlace | undefined {
  const pool = scenario.lending?.[name]
  if (pool !== undefined)
    return {
      chain: pool.chain,
      assets: Object.keys(pool.reserves),
      isolated: false,
      holders: Object.keys(pool.positions),
    }
  const market = scenario.isolatedMarkets?.[name]
  if (market === undefined) return undefined
  const { chain, loan, collateral, positions } = market
  return { chain, assets: [collateral, loan], isolated: true, holders: Object.keys(positions) }
}

export function lendingPlaceNames({ lending = {}, isolatedMarkets = {} }: Scenario): string[] {
  return [...Object.keys(lending), ...Object.keys(isolatedMarkets)]
}
