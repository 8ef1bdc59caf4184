// Those who make blocks, and those who challenge what rollups say of theirs.
import type { SequencerInit } from '@solvent/nodes'
import { asNodeId } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { favoursOf } from './accomplices.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

export function sequencers({ scenario, seed, spec }: PlanInputs): PlannedNode[] {
  const { sequencers, watcher } = scenarioNodes(scenario)
  return sequencers.map(({ node, chains }) => ({
    id: asNodeId(node),
    role: 'sequencer',
    init: {
      spec,
      node: asNodeId(node),
      chains: chains.map((chain) => chainIdOf(scenario, chain)),
      archives: [asNodeId(watcher)],
      ...favoursOf(scenario, seed, chains),
      ...poolReadersOf(scenario, chains),
    },
  }))
}

/** Keepers that copy hear of the liquidations in the pools of these chains. */
function poolReadersOf(scenario: Scenario, chains: readonly string[]): Pick<SequencerInit, 'poolReaders'> {
  const poolReaders = Object.entries(scenario.keepers ?? {})
    .filter(([, { chain, copies }]) => copies !== undefined && chains.includes(chain))
    .map(([name, { chain }]) => ({
      chainId: chainIdOf(scenario, chain),
      node: asNodeId(name),
      calls: ['liquidate'] as const,
    }))
  return poolReaders.length === 0 ? {} : { poolReaders }
}

export function challengers({ scenario, spec }: PlanInputs): PlannedNode[] {
  return scenarioNodes(scenario).challengers.map(({ node, chain }) => ({
    id: asNodeId(node),
    role: 'challenger',
    init: { spec, node: asNodeId(node), rollup: chainIdOf(scenario, chain) },
  }))
}
