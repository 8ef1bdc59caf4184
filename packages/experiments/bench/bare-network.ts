/**
 * The network that hooks are measured against: the same nodes on the same links, without the watcher, its observers,
 * the trace digest and any fault.
 */
import type { NetworkPlan } from '@solvent/experiments'
import {
  createDoor,
  createStandInSigner,
  createStandInVerifier,
  type SolventVocabulary,
} from '@solvent/protocol'
import { createSimulation, type SimulationResult } from '@solvent/runtime-sim'
import { accountOf } from '../src/assembly/addresses.ts'
import { enginesOf, nodeFactory } from '../src/assembly/create-node.ts'

/** Runs a plan with stand-in signatures to its end, unwatched. */
export function simulateBare({ seed, spec, nodes, durationMs, ...plan }: NetworkPlan): SimulationResult {
  const verifier = createStandInVerifier({ seed })
  const simulation = createSimulation<SolventVocabulary>({
    seed,
    genesisMs: spec.genesisMs,
    nodes: nodes
      .filter(({ role }) => role !== 'watcher')
      .map((node) => {
        const signer = createStandInSigner({ seed, address: accountOf(seed, node.id) })
        return {
          id: node.id,
          create: nodeFactory(node),
          signer,
          engines: () => enginesOf({ seed, spec, nodes, durationMs, ...plan }, node, { signer, verifier }),
        }
      }),
    door: createDoor({ spec, verifier }),
    trace: 'none',
  })
  const result = simulation.run(spec.genesisMs + durationMs)
  simulation.end()
  return result
}
