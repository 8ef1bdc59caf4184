// Those who make blocks, and those who challenge what rollups say of theirs.
import { asNodeId } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
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
    },
  }))
}

export function challengers({ scenario, spec }: PlanInputs): PlannedNode[] {
  return scenarioNodes(scenario).challengers.map(({ node, chain }) => ({
    id: asNodeId(node),
    role: 'challenger',
    init: { spec, node: asNodeId(node), rollup: chainIdOf(scenario, chain) },
  }))
}
