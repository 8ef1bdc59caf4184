// Producers that promise inclusion and leave the transactions out.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultFamily } from './fault-context.ts'

export const promiseFaults: FaultFamily<'break-preconfirmations'> = {
  'break-preconfirmations': {
    check({ chain }, { scenario, path, findings }) {
      const chains = Object.keys(scenario.chains)
      if (!findings.reference([...path, 'chain'], 'chain', chain, chains)) return
      if (scenario.chains[chain]!.preconfirmations !== undefined) return
      findings.add('E_VALUE', [...path, 'chain'], 'the producers of the chain promise nothing', {
        got: chain,
        allowed: 'a chain with preconfirmations',
      })
    },
    resolve({ chain, atSeconds, forSeconds }, { scenario }) {
      const untilMs = Date.parse(scenario.start) + secondsToMs(atSeconds + forSeconds)
      const message = {
        kind: 'break-preconfirmations',
        chainId: chainIdOf(scenario, chain),
        untilMs,
      } as const
      return producersOf(scenarioNodes(scenario), chain).map((node) => ({
        kind: 'control',
        to: asNodeId(node),
        message,
      }))
    },
  },
}
