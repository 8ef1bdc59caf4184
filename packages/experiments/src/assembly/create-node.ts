// From a planned node to a live one: its constructor on a runtime's ports, and the chain engines it produces with.

import {
  createActor,
  createArbitrageur,
  createAuctioneer,
  createBridgeNode,
  createByzantine,
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
} from '@solvent/nodes'
import type { ExecutionEngine, Node, Ports } from '@solvent/ports'
import { assertNever } from '@solvent/primitives'
import type { DigestSigner, SignatureVerifier, SolventVocabulary } from '@solvent/protocol'
import { createChainEngine } from '@solvent/settlement'
import type { NetworkPlan, PlannedNode } from './network-plan.ts'

type Create = (ports: Ports<SolventVocabulary>) => Node<SolventVocabulary>

/** As `nodeFactory`, of a node that an operator can order to break the protocol. */
export function corruptibleFactory(plan: Pick<NetworkPlan, 'spec'>, node: PlannedNode): Create {
  return createByzantine(plan.spec, nodeFactory(node))
}

/** The node's constructor, for a runtime to call at the start and after a restart. */
export function nodeFactory(node: PlannedNode): Create {
  switch (node.role) {
    case 'sequencer':
      return createSequencer(node.init)
    case 'challenger':
      return createChallenger(node.init)
    case 'auctioneer':
      return createAuctioneer(node.init)
    case 'bridge':
      return createBridgeNode(node.init)
    case 'solver':
      return createSolver(node.init)
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
    case 'population':
      return createPopulation(node.init)
    case 'custodian':
      return createCustodian(node.init)
    case 'hedger':
      return createHedger(node.init)
    case 'perpetual-keeper':
      return createPerpetualKeeper(node.init)
    case 'watcher':
      return createWatcher(node.init)
    default:
      return assertNever(node)
  }
}

/** One engine for each chain that the node produces for, in the order of its configuration. */
export function enginesOf(
  plan: NetworkPlan,
  node: PlannedNode,
  keys: { readonly signer: DigestSigner; readonly verifier: SignatureVerifier },
): ExecutionEngine<SolventVocabulary>[] {
  if (node.role !== 'sequencer') return []
  return node.init.chains.map((chainId) =>
    createChainEngine({
      spec: plan.spec,
      chainId,
      genesis: plan.genesis.find((genesis) => genesis.chainId === chainId)!,
      verifier: keys.verifier,
      signer: keys.signer,
    }),
  )
}
