// Upgrades of contracts: the admin's node sends them, so that they stand in blocks like everything else.
import { asNodeId } from '@solvent/primitives'
import { rollupContract } from '@solvent/protocol'
import { bridgeAddress } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkBridgeFlaw, checkRollupFlaw } from '../scenario/check-flaws.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultFamily } from './fault-context.ts'

export const upgradeFaults: FaultFamily<'upgrade'> = {
  upgrade: {
    check({ bridge, chain, flaw, on }, { scenario, path, findings }) {
      if ((bridge === undefined) === (chain === undefined)) {
        findings.add('E_VALUE', path, 'an upgrade is of a bridge or of a rollup', {
          got: bridge === undefined ? 'neither bridge nor chain' : 'both bridge and chain',
          allowed: 'one of bridge and chain',
        })
        return
      }
      const chains = Object.keys(scenario.chains)
      on.forEach((each, index) => findings.reference([...path, 'on', index], 'chain', each, chains))
      if (bridge !== undefined) {
        if (!findings.reference([...path, 'bridge'], 'bridge', bridge, Object.keys(scenario.bridges))) return
        checkBridgeFlaw(scenario, bridge, flaw, { path: [...path, 'flaw'], findings })
      }
      if (chain !== undefined) {
        const rollups = chains.filter((each) => scenario.chains[each]!.kind !== 'l1')
        if (!findings.reference([...path, 'chain'], 'rollup', chain, rollups)) return
        const { kind } = scenario.chains[chain]!
        if (kind !== 'l1') checkRollupFlaw(flaw, kind, [...path, 'flaw'], findings)
      }
    },
    resolve({ bridge, chain, flaw, change, on }, { scenario }) {
      const nodes = scenarioNodes(scenario)
      const [to, contract] =
        bridge === undefined
          ? ([producersOf(nodes, chain!)[0]!, rollupContract({ name: chain! })] as const)
          : ([nodes.bridges.find((each) => each.bridge === bridge)!.operator, bridgeAddress(bridge)] as const)
      const message = {
        kind: 'upgrade',
        contract,
        flaw,
        change,
        on: on.map((each) => chainIdOf(scenario, each)),
      } as const
      return [{ kind: 'control', to: asNodeId(to), message }]
    },
  },
}
