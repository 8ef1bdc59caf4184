// From a scenario to a bridge: its custody, its verification, its parties, its routes.
import { parseUnits } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec, Custody, Party } from '@solvent/protocol'
import { farChainsOf } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { bridgeAddress, tokenAddress } from './addresses.ts'
import { assembleVerification } from './assemble-verification.ts'
import { bridgeControls } from './bridge-controls.ts'

export function bridgeSpec(
  scenario: Scenario,
  names: ReturnType<typeof scenarioNodes>['bridges'][number],
  party: (node: string) => Party,
): BridgeSpec {
  const bridge = scenario.bridges[names.bridge]!
  return {
    name: names.bridge,
    address: bridgeAddress(names.bridge),
    custody: custodyOf(scenario, bridge.custody),
    verification: assembleVerification(scenario, names, party),
    finality: bridge.finality,
    relayers: names.relayers.map(party),
    issuer: party(names.operator),
    guardian: party(names.operator),
    routes: Object.entries(bridge.assets).map(([symbol, route]): BridgeRoute => {
      const side = (chain: string) => ({
        chainId: chainIdOf(scenario, chain),
        token: tokenAddress(scenario, chain, symbol),
      })
      return { symbol, home: side(route.home), wrapped: farChainsOf(route).map(side) }
    }),
    sharedDecimals: bridge.sharedDecimals,
    flaws: bridge.flaws,
    ...bridgeControls(scenario, names.bridge),
  }
}

const RATE_DECIMALS = 18

function custodyOf(scenario: Scenario, custody: Scenario['bridges'][string]['custody']): Custody {
  if (custody.kind === 'hash-lock') {
    const { decimals } = scenario.assets[scenario.gasAsset]!
    return { ...custody, safetyDeposit: parseUnits(custody.safetyDeposit, decimals) }
  }
  if (custody.kind !== 'pool') return custody
  const { kink, r0, r1, r2 } = custody.fee
  return {
    kind: 'pool',
    fee: {
      kinkE18: parseUnits(kink, RATE_DECIMALS),
      r0E18: parseUnits(r0, RATE_DECIMALS),
      r1E18: parseUnits(r1, RATE_DECIMALS),
      r2E18: parseUnits(r2, RATE_DECIMALS),
    },
  }
}
