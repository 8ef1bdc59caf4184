// What befalls optimistic bridges: a disputer that disputes what is right.
import { asNodeId } from '@solvent/primitives'
import { bridgeAddress } from '../assembly/addresses.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily } from './fault-context.ts'

export const optimisticFaults: FaultFamily<'dispute-griefing'> = {
  'dispute-griefing': {
    check({ bridge }, { scenario, path, findings }) {
      const disputed = Object.keys(scenario.bridges).filter((each) => disputersOf(scenario, each).length > 0)
      findings.reference([...path, 'bridge'], 'bridge with a disputer', bridge, disputed)
    },
    resolve: ({ bridge, bundles }, { scenario }) => [
      {
        kind: 'control',
        to: asNodeId(disputersOf(scenario, bridge)[0]!),
        message: { kind: 'dispute-blindly', bridge: bridgeAddress(bridge), count: bundles },
      },
    ],
  },
}

function disputersOf(scenario: Scenario, bridge: string): string[] {
  const parties = scenarioNodes(scenario).bridges.find((each) => each.bridge === bridge)?.parties ?? []
  return parties.filter(({ role }) => role === 'disputer').map(({ node }) => node)
}
