// The vaults of a scenario's pools of concentrated liquidity: each owns one range and gives shares of it.
import { type Venue, venuesOf } from './market-names.ts'
import { type ProvidedRange, rangesOf } from './market-ranges.ts'
import type { Scenario } from './scenario-schema.ts'

export interface ScenarioVault {
  readonly name: string
  readonly venue: Venue
  /** Among the market's ranges. */
  readonly index: number
}

/** All of them, in the order of the file. */
export function vaultsOf(scenario: Pick<Scenario, 'markets'>): ScenarioVault[] {
  return venuesOf(scenario).flatMap((venue) =>
    venue.market.kind === 'concentrated'
      ? venue.market.ranges.flatMap(({ vault }, index) =>
          vault === undefined ? [] : [{ name: vault, venue, index }],
        )
      : [],
  )
}

/** What a vault's range is and begins with; its provider has the shares. */
export function vaultRange(scenario: Scenario, { venue, index }: ScenarioVault): ProvidedRange {
  return rangesOf(scenario, venue)[index]!
}
