// What an issuer does after a loss: from then on every redemption bears its share.
import { asNodeId, parseUnits } from '@solvent/primitives'
import { bridgeAddress } from '../assembly/addresses.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { FaultFamily } from './fault-context.ts'

export const recoveryFaults: FaultFamily<'share-loss'> = {
  'share-loss': {
    check({ bridge, asset }, { scenario, path, findings }) {
      const sharing = Object.keys(scenario.bridges).filter(
        (name) => scenario.bridges[name]!.recovery === 'socialised',
      )
      if (findings.reference([...path, 'bridge'], 'bridge that socialises losses', bridge, sharing))
        findings.reference(
          [...path, 'asset'],
          'asset of the bridge',
          asset,
          Object.keys(scenario.bridges[bridge]!.assets),
        )
    },
    resolve({ bridge, asset, claims }, { scenario }) {
      const { decimals } = scenario.assets[asset]!
      const atStart = Object.values(scenario.bridges[bridge]!.assets[asset]!.claims)
      const amounts = claims === undefined ? atStart : [claims]
      const { operator } = scenarioNodes(scenario).bridges.find((each) => each.bridge === bridge)!
      const message = {
        kind: 'share-loss',
        bridge: bridgeAddress(bridge),
        symbol: asset,
        claims: amounts.reduce((sum, amount) => sum + parseUnits(amount, decimals), 0n),
        claimsAt: claims === undefined ? 'genesis' : 'now',
      } as const
      return [{ kind: 'control', to: asNodeId(operator), message }]
    },
  },
}
