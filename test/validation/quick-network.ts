// The nodes of the quick scenario in virtual time, made as a test wants them. The audit is the watcher's own.
import { readFileSync } from 'node:fs'
import { assemble, loadScenario, type NetworkPlan, type PlannedNode } from '@solvent/experiments'
import type { WatcherNode } from '@solvent/nodes'
import type { Node, Ports } from '@solvent/ports'
import { asNodeId, type NodeId } from '@solvent/primitives'
import {
  addressOf,
  createDoor,
  createStandInSigner,
  createStandInVerifier,
  type DigestSigner,
  privateKeyOf,
  type SolventVocabulary,
} from '@solvent/protocol'
import { createSimulation, type Simulation } from '@solvent/runtime-sim'
import { createChainEngine, type SettlementRules } from '@solvent/settlement'

export type NodeConstructor = (ports: Ports<SolventVocabulary>) => Node<SolventVocabulary>

export interface QuickNetworkOptions {
  readonly constructorOf: (node: PlannedNode) => NodeConstructor
  /** Of the chains' engines. */
  readonly settlement?: SettlementRules | undefined
}

export interface QuickNetwork {
  readonly plan: NetworkPlan
  readonly simulation: Simulation<SolventVocabulary>
  watcher(): WatcherNode | null
}

/** Assembles the network; nothing runs yet. */
export function createQuickNetwork({ constructorOf, settlement }: QuickNetworkOptions): QuickNetwork {
  const { scenario, hash } = quickScenario()
  const plan = assemble({ scenario, hash, seed: scenario.seed, signatures: 'stand-in' })
  const watcherId = asNodeId('watcher')
  const watcher = (): WatcherNode | null => simulation.node(watcherId) as WatcherNode | null
  const simulation = createSimulation<SolventVocabulary>({
    seed: plan.seed,
    genesisMs: plan.spec.genesisMs,
    nodes: plan.nodes.map((node) => ({
      id: node.id,
      create: constructorOf(node),
      signer: signerOf(plan, node.id),
      engines: () => enginesOf(plan, node, settlement),
    })),
    door: createDoor({ spec: plan.spec, verifier: createStandInVerifier({ seed: plan.seed }) }),
    faults: plan.faults,
    injections: {
      operator: plan.spec.operators[0]!,
      control: (body) => ({ type: 'control', body }),
      sourceReport: ({ from, message }) => ({ type: 'source-report', body: { source: from, message } }),
    },
    observers: {
      onEvent: (atMs, node, event) => watcher()?.observe(atMs, node, event),
      onPop: (timeMs, priority, sequence) => watcher()?.observePop(timeMs, priority, sequence),
    },
  })
  return { plan, simulation, watcher }
}

/** The scenario as its file has it. */
export function quickScenario() {
  const file = new URL('../../configs/scenarios/quick.yaml', import.meta.url)
  return loadScenario('quick.yaml', readFileSync(file))
}

function enginesOf(
  { spec, genesis, seed }: NetworkPlan,
  node: PlannedNode,
  settlement: SettlementRules | undefined,
) {
  if (node.role !== 'sequencer') return []
  return node.init.chains.map((chainId) =>
    createChainEngine({
      spec,
      chainId,
      genesis: genesis.find((each) => each.chainId === chainId)!,
      verifier: createStandInVerifier({ seed }),
      signer: signerOf({ seed }, node.id),
      ...(settlement === undefined ? {} : { rules: settlement }),
    }),
  )
}

function signerOf({ seed }: Pick<NetworkPlan, 'seed'>, node: NodeId): DigestSigner {
  return createStandInSigner({ seed, address: addressOf(privateKeyOf(seed, node)) })
}
