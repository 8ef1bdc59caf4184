// What bridges hold and have minted when the run begins. A lock covers what is wrapped on far chains one to one; an
// issuer has issued what circulates, a pool's cash is its providers'. What no participant holds belongs to a passive account, `holders`.
import { type Address, parseUnits } from '@solvent/primitives'
import { poolShareToken } from '@solvent/protocol'
import { decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { bridgeAddress, tokenAddress } from './addresses.ts'
import { type Holding, heldBy } from './holding.ts'
import { type FarClaim, farClaims, statedSupply } from './stated-supply.ts'

type ScenarioBridge = Scenario['bridges'][string]
type ScenarioRoute = ScenarioBridge['assets'][string]

/** Locks, and the far units that no participant holds. */
export function bridgeHoldings(scenario: Scenario, holdings: readonly Holding[]): Holding[] {
  return Object.entries(scenario.bridges).flatMap(([bridge, { custody, assets }]) =>
    Object.entries(assets).flatMap(([symbol, route]) => {
      if (custody.kind === 'pool') return poolHoldings(scenario, { bridge, symbol, route })
      const claims = farClaims(scenario, symbol, route)
      if (custody.kind === 'burn-mint' || custody.kind === 'hash-lock')
        return claims.flatMap((claim) => passive(holdings, symbol, claim))
      const amount = claims.reduce((sum, { atHome }) => sum + atHome, 0n)
      const lock: Holding = { chain: route.home, symbol, kind: 'BRIDGE_LOCK', name: bridge, amount }
      return [lock, ...claims.flatMap((claim) => passive(holdings, symbol, claim))]
    }),
  )
}

/** Home-chain units of an asset with a stated supply that are neither locked, nor elsewhere, nor held by a participant. */
export function remainingSupply(scenario: Scenario, holdings: readonly Holding[]): Holding[] {
  return Object.values(scenario.bridges).flatMap(({ custody, assets }) =>
    Object.entries(assets).flatMap(([symbol, route]): Holding[] => {
      const stated = statedSupply(scenario, holdings, { custody, symbol, route })
      if (stated === null) return []
      const amount = stated.supply - stated.used
      return [{ chain: route.home, symbol, kind: 'USER', name: HOLDERS, amount }]
    }),
  )
}

/** Cash on each chain; the shares of its passive providers are with the operator, who withdraws for them in a run. */
function poolHoldings(
  scenario: Scenario,
  { bridge, symbol, route }: { bridge: string; symbol: string; route: ScenarioRoute },
): Holding[] {
  return Object.entries(route.liquidity).flatMap(([chain, liquidity]): Holding[] => {
    const amount = parseUnits(liquidity, decimalsOn(scenario, symbol, chain))
    return [
      { chain, symbol, kind: 'POOL', name: bridge, amount },
      {
        chain,
        symbol: `${symbol}-share`,
        kind: 'USER',
        name: operatorOf(scenario, bridge),
        token: shareTokenOf(scenario, { bridge, chain, symbol }),
        amount: amount * FIRST_SHARES,
      },
    ]
  })
}

/** A first deposit gets a thousand shares for a unit. */
export const FIRST_SHARES = 1_000n

function shareTokenOf(scenario: Scenario, at: { bridge: string; chain: string; symbol: string }): Address {
  const { bridge, chain, symbol } = at
  return poolShareToken(
    bridgeAddress(bridge),
    chainIdOf(scenario, chain),
    tokenAddress(scenario, chain, symbol),
  )
}

function operatorOf(scenario: Scenario, bridge: string): string {
  return scenarioNodes(scenario).bridges.find((each) => each.bridge === bridge)!.operator
}

/** The part of a claim that no participant holds. */
function passive(holdings: readonly Holding[], symbol: string, { chain, amount }: FarClaim): Holding[] {
  const rest = amount - heldBy(holdings, chain, symbol)
  return rest > 0n ? [{ chain, symbol, kind: 'USER', name: HOLDERS, amount: rest }] : []
}
