// The quick scenario in virtual time with the rules of one role altered. The audit is the run's own.
import { readFileSync } from 'node:fs'
import { assemble, loadScenario, type NetworkPlan, type PlannedNode } from '@solvent/experiments'
import {
  type AuctioneerRules,
  createAuctioneer,
  createBridgeNode,
  createSequencer,
  createSolver,
  createUser,
  createWatcher,
  type RunReport,
  type SolverRules,
  type WatcherNode,
} from '@solvent/nodes'
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
import { createSimulation } from '@solvent/runtime-sim'
import { createChainEngine, type SettlementRules } from '@solvent/settlement'

export interface PlantedRules {
  readonly solver?: SolverRules
  readonly auctioneer?: AuctioneerRules
  /** Of the bridge nodes. */
  readonly bridge?: SettlementRules
  /** Of the chains' engines. */
  readonly settlement?: SettlementRules
}

const FILE = new URL('../../configs/scenarios/quick.yaml', import.meta.url)
const AFTER_MS = 5_000

/** The watcher's report at the end of the run. */
export function runPlanted(planted: PlantedRules = {}): RunReport {
  const { scenario, hash } = loadScenario('quick.yaml', readFileSync(FILE))
  const plan = assemble({ scenario, hash, seed: scenario.seed, signatures: 'stand-in' })
  const verifier = createStandInVerifier({ seed: plan.seed })
  const watcherId = asNodeId('watcher')
  const watcher = (): WatcherNode | null => simulation.node(watcherId) as WatcherNode | null
  const simulation = createSimulation<SolventVocabulary>({
    seed: plan.seed,
    genesisMs: plan.spec.genesisMs,
    nodes: plan.nodes.map((node) => ({
      id: node.id,
      create: constructorOf(node, planted),
      signer: signerOf(plan, node.id),
      engines: () => enginesOf(plan, node, planted),
    })),
    door: createDoor({ spec: plan.spec, verifier }),
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
  simulation.run(plan.spec.genesisMs + plan.durationMs + AFTER_MS)
  const report = (simulation.node(watcherId) as WatcherNode).report()
  simulation.end()
  return report
}

function constructorOf(
  node: PlannedNode,
  planted: PlantedRules,
): (ports: Ports<SolventVocabulary>) => Node<SolventVocabulary> {
  switch (node.role) {
    case 'sequencer':
      return createSequencer(node.init)
    case 'auctioneer':
      return createAuctioneer(node.init, planted.auctioneer)
    case 'bridge':
      return createBridgeNode(node.init, planted.bridge)
    case 'solver':
      return createSolver(node.init, planted.solver)
    case 'user':
      return createUser(node.init)
    case 'watcher':
      return createWatcher(node.init)
  }
}

function enginesOf({ spec, genesis, seed }: NetworkPlan, node: PlannedNode, { settlement }: PlantedRules) {
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
