// Rushes: other people want many times the gas or the blobs that they usually want, which the chain's producers see.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { MarketResource } from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultFamily, FaultOf, FaultResolution, ResolvedFault } from './fault-context.ts'

type MarketFault = FaultOf<'gas-spike' | 'blob-spike'>

export const marketFaults: FaultFamily<'gas-spike' | 'blob-spike'> = {
  'gas-spike': {
    check(fault, check) {
      if (!isChain(fault, check)) return
      if (check.scenario.chains[fault.chain]!.feeMarket?.kind === 'eip1559') return
      check.findings.add('E_VALUE', [...check.path, 'chain'], 'the base fee of the chain is constant', {
        got: fault.chain,
        allowed: 'a chain with feeMarket: { kind: eip1559 }',
      })
    },
    resolve: (fault, resolution) => rush(fault, 'gas', resolution),
  },
  'blob-spike': {
    check(fault, check) {
      if (!isChain(fault, check)) return
      const chain = check.scenario.chains[fault.chain]!
      if (chain.kind === 'l1' && chain.blobs !== undefined) return
      check.findings.add('E_VALUE', [...check.path, 'chain'], 'the chain has no blobs', {
        got: fault.chain,
        allowed: 'an l1 chain with blobs',
      })
    },
    resolve: (fault, resolution) => rush(fault, 'blobs', resolution),
  },
}

function isChain({ chain }: MarketFault, { scenario, path, findings }: FaultCheck): boolean {
  return findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))
}

/** All producers of the chain are told, so that whoever has the next turn declares it. */
function rush(fault: MarketFault, resource: MarketResource, { scenario }: FaultResolution): ResolvedFault {
  const { chain, times, atSeconds, forSeconds } = fault
  const untilMs = Date.parse(scenario.start) + secondsToMs(atSeconds + forSeconds)
  const demand = { chainId: chainIdOf(scenario, chain), resource, percent: 100 * times, untilMs }
  return producersOf(scenarioNodes(scenario), chain).map((node) => ({
    kind: 'control',
    to: asNodeId(node),
    message: { kind: 'market-demand', demand },
  }))
}
