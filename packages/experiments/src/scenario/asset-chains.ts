// Where an asset exists.
import type { Scenario } from './scenario-schema.ts'

/** Chains on which an asset exists: home and far chains of its bridge, or every chain when no bridge carries it. */
export function chainsOfAsset(scenario: Scenario, symbol: string): string[] {
  for (const bridge of Object.values(scenario.bridges)) {
    const route = bridge.assets[symbol]
    if (route !== undefined) return [route.home, ...Object.keys(route.claims)]
  }
  return Object.keys(scenario.chains)
}
