// Block space becomes dear: fills cost more, and come late or not at all.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import type { Channel } from './channel.ts'
import { without } from './left-out-faults.ts'

type Chain = Scenario['chains'][string]

const SPIKES: ReadonlySet<string> = new Set(['gas-spike', 'blob-spike'])

export const fees: Channel = {
  name: 'fees',
  title: 'fees for block space',
  closedBy: 'base fees stay what they are at the start',
  isOpenIn: ({ chains, faults }) =>
    faults.some(({ kind }) => SPIKES.has(kind)) ||
    Object.values(chains).some(({ feeMarket }) => feeMarket?.kind === 'eip1559'),
  close(scenario) {
    const chains = Object.entries(scenario.chains).map(([name, chain]): [string, Chain] => [
      name,
      { ...chain, feeMarket: { kind: 'constant' } },
    ])
    return { ...without(scenario, (kind) => SPIKES.has(kind)), chains: Object.fromEntries(chains) }
  },
}
