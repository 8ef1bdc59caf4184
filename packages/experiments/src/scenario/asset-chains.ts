// Where an asset exists, and with how many decimals.
import type { Scenario } from './scenario-schema.ts'

type Route = Scenario['bridges'][string]['assets'][string]

/** Chains on which an asset exists: home and far chains of its bridge, or every chain when no bridge carries it. */
export function chainsOfAsset(scenario: Scenario, symbol: string): string[] {
  for (const bridge of Object.values(scenario.bridges)) {
    const route = bridge.assets[symbol]
    if (route !== undefined) return [route.home, ...farChainsOf(route)]
  }
  return Object.keys(scenario.chains)
}

/** The chains of a route other than its home, in the order of the file. */
export function farChainsOf({ home, claims, liquidity }: Route): string[] {
  const far = new Set([...Object.keys(claims), ...Object.keys(liquidity)])
  far.delete(home)
  return [...far]
}

/** The decimals of an asset's token on a chain. */
export function decimalsOn({ assets }: Scenario, symbol: string, chain: string): number {
  const asset = assets[symbol]!
  return asset.decimalsOn[chain] ?? asset.decimals
}
