// What befalls optimistic bridges: a disputer that disputes what is right, an arbiter that rules wrongly.
import { asNodeId } from '@solvent/primitives'
import { bridgeAddress } from '../assembly/addresses.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily } from './fault-context.ts'

export const optimisticFaults: FaultFamily<'dispute-griefing' | 'wrong-verdict'> = {
  'dispute-griefing': {
    check({ bridge }, { scenario, path, findings }) {
      const disputed = Object.keys(scenario.bridges).filter(
        (each) => partiesOf(scenario, each, 'disputer').length > 0,
      )
      findings.reference([...path, 'bridge'], 'bridge with a disputer', bridge, disputed)
    },
    resolve: ({ bridge, bundles }, { scenario }) => [
      {
        kind: 'control',
        to: asNodeId(partiesOf(scenario, bridge, 'disputer')[0]!),
        message: { kind: 'dispute-blindly', bridge: bridgeAddress(bridge), count: bundles },
      },
    ],
  },
  'wrong-verdict': {
    check({ bridge }, { scenario, path, findings }) {
      const ruled = Object.keys(scenario.bridges).filter(
        (each) => partiesOf(scenario, each, 'arbiter').length > 0,
      )
      findings.reference([...path, 'bridge'], 'bridge with an arbiter', bridge, ruled)
    },
    resolve: ({ bridge, rulings }, { scenario }) => [
      {
        kind: 'control',
        to: asNodeId(partiesOf(scenario, bridge, 'arbiter')[0]!),
        message: { kind: 'rule-wrongly', bridge: bridgeAddress(bridge), count: rulings },
      },
    ],
  },
}

function partiesOf(scenario: Scenario, bridge: string, part: 'disputer' | 'arbiter'): string[] {
  const parties = scenarioNodes(scenario).bridges.find((each) => each.bridge === bridge)?.parties ?? []
  return parties.filter(({ role }) => role === part).map(({ node }) => node)
}
