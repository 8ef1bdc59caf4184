// The quick scenario in virtual time with the rules of one role altered.
import type { PlannedNode } from '@solvent/experiments'
import {
  type AuctioneerRules,
  createActor,
  createArbitrageur,
  createAuctioneer,
  createBridgeNode,
  createChallenger,
  createCustodian,
  createHedger,
  createKeeper,
  createMarketMaker,
  createPerpetualKeeper,
  createPerpetualMaker,
  createPopulation,
  createProviderCrowd,
  createReporter,
  createSequencer,
  createSolver,
  createSteward,
  createTrader,
  createUser,
  createWatcher,
  type RunReport,
  type SolverRules,
} from '@solvent/nodes'
import type { SettlementRules } from '@solvent/settlement'
import { createQuickNetwork, type NodeConstructor } from './quick-network.ts'

export interface PlantedRules {
  readonly solver?: SolverRules
  readonly auctioneer?: AuctioneerRules
  /** Of the bridge nodes. */
  readonly bridge?: SettlementRules
  /** Of the chains' engines. */
  readonly settlement?: SettlementRules
}

const AFTER_MS = 5_000

/** The watcher's report at the end of the run. */
export function runPlanted(planted: PlantedRules = {}): RunReport {
  const { plan, simulation, watcher } = createQuickNetwork({
    constructorOf: (node) => constructorOf(node, planted),
    settlement: planted.settlement,
  })
  simulation.run(plan.spec.genesisMs + plan.durationMs + AFTER_MS)
  const report = watcher()!.report()
  simulation.end()
  return report
}

/** A node's constructor, with altered rules where its role has some. */
export function constructorOf(node: PlannedNode, planted: PlantedRules = {}): NodeConstructor {
  switch (node.role) {
    case 'sequencer':
      return createSequencer(node.init)
    case 'challenger':
      return createChallenger(node.init)
    case 'auctioneer':
      return createAuctioneer(node.init, planted.auctioneer)
    case 'bridge':
      return createBridgeNode(node.init, planted.bridge)
    case 'solver':
      return createSolver(node.init, planted.solver)
    case 'user':
      return createUser(node.init)
    case 'actor':
      return createActor(node.init)
    case 'reporter':
      return createReporter(node.init)
    case 'steward':
      return createSteward(node.init)
    case 'arbitrageur':
      return createArbitrageur(node.init)
    case 'market-maker':
      return createMarketMaker(node.init)
    case 'perpetual-maker':
      return createPerpetualMaker(node.init)
    case 'provider-crowd':
      return createProviderCrowd(node.init)
    case 'trader':
      return createTrader(node.init)
    case 'keeper':
      return createKeeper(node.init)
    case 'custodian':
      return createCustodian(node.init)
    case 'hedger':
      return createHedger(node.init)
    case 'perpetual-keeper':
      return createPerpetualKeeper(node.init)
    case 'population':
      return createPopulation(node.init)
    case 'watcher':
      return createWatcher(node.init)
  }
}
