// From a checked scenario and a seed to the plan of a network. Pure: the same inputs give the same plan.
import { asNodeId, type Hash32, parseUnits, secondsToMs, SolventError } from '@solvent/primitives'
import type { NetworkSpec, PriceBook } from '@solvent/protocol'
import type { BridgeRole, OrderFlow, RiskLimits, SolverInit } from '@solvent/nodes'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { bridgeAddress } from './addresses.ts'
import { assembleFaults, poisonedSource } from './assemble-faults.ts'
import { assembleGenesis } from './assemble-genesis.ts'
import { assembleSpec, chainIdOf } from './assemble-spec.ts'
import type { NetworkPlan, PlannedNode } from './network-plan.ts'

const PRICE_DECIMALS = 8

export interface AssembleOptions {
  readonly scenario: Scenario
  /** Of the scenario file, see `loadScenario`. */
  readonly hash: Hash32
  readonly seed: number
  readonly signatures: 'secp256k1' | 'stand-in'
}

/**
 * Resolves a scenario.
 *
 * @throws SolventError E_SCENARIO where amounts cannot all hold (claims below holdings, supply below claims)
 */
export function assemble({ scenario, hash, seed: seedNumber, signatures }: AssembleOptions): NetworkPlan {
  const seed = String(seedNumber)
  const spec = assembleSpec({ scenario, hash, seed, signatures })
  const genesis = assembleGenesis(scenario, seed)
  const prices = priceBook(scenario)
  const nodes = scenarioNodes(scenario)
  const planned: PlannedNode[] = [
    ...nodes.sequencers.map(({ node, chain }): PlannedNode => ({
      id: asNodeId(node), role: 'sequencer', init: { spec, node: asNodeId(node), chains: [chainIdOf(scenario, chain)] },
    })),
    ...nodes.auctioneers.map((node): PlannedNode => ({ id: asNodeId(node), role: 'auctioneer', init: { spec, node: asNodeId(node) } })),
    ...nodes.bridges.flatMap((names) => bridgeNodes(spec, names)),
    ...nodes.solvers.map((node): PlannedNode => ({ id: asNodeId(node), role: 'solver', init: solverInit(scenario, spec, prices, genesis, node) })),
    ...nodes.users.map((node): PlannedNode => ({
      id: asNodeId(node), role: 'user', init: { spec, node: asNodeId(node), prices, flow: orderFlow(scenario, node) },
    })),
    {
      id: asNodeId(nodes.watcher),
      role: 'watcher',
      init: {
        spec, node: asNodeId(nodes.watcher), genesis, prices, lossRule: scenario.lossRule,
        users: nodes.users.map((node) => ({ node: asNodeId(node), address: partyAddress(spec, genesis, seed, node) })),
        borrowed: nodes.solvers.flatMap((node) => borrowedBy(scenario, node)),
      },
    },
  ]
  return { name: scenario.name, seed, spec, genesis, nodes: planned, faults: assembleFaults(scenario, seed), durationMs: secondsToMs(scenario.durationSeconds) }
}
