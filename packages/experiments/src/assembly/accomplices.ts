// Infrastructure in league with a ring: what each node is told in its configuration, and the ground truth of it in the results.
import type { BridgeNodeInit, SequencerInit, SolverInit } from '@solvent/nodes'
import { type Address, asNodeId, secondsToMs } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { producersOf, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { accountOf } from './addresses.ts'

/** The truth about a node that helps a ring. */
export interface AccompliceLabel {
  /** The node. */
  readonly id: string
  readonly role: 'sequencer' | 'verifier'
  /** The chain or bridge that it does it on. */
  readonly at: string
  /** What it does. */
  readonly favour: string
  readonly conduct: 'collusive'
  readonly ring: string
}

/** Who helps whom and how, in the order of the file. */
export function accompliceLabels(scenario: Scenario): AccompliceLabel[] {
  const nodes = scenarioNodes(scenario)
  return Object.entries(scenario.accomplices ?? {}).flatMap(([ring, { sequencers, verifiers }]) => [
    ...Object.entries(sequencers).flatMap(([at, { conduct: favour }]) =>
      producersOf(nodes, at).map(
        (id) => ({ id, role: 'sequencer', at, favour, conduct: 'collusive', ring }) as const,
      ),
    ),
    ...Object.entries(verifiers).flatMap(([at, { conduct: favour }]) =>
      (nodes.bridges.find(({ bridge }) => bridge === at)?.parties ?? []).map(
        ({ node: id }) => ({ id, role: 'verifier', at, favour, conduct: 'collusive', ring }) as const,
      ),
    ),
  ])
}

/** The ring with accomplices that a solver is of; undefined for others. */
export function helpedRingOf({ accomplices = {}, rings = {} }: Scenario, solver: string): string | undefined {
  return Object.keys(accomplices).find((ring) => rings[ring]?.includes(solver) === true)
}

/** What the producer of these chains does for rings. */
export function favoursOf(
  scenario: Scenario,
  seed: string,
  chains: readonly string[],
): Pick<SequencerInit, 'favours'> {
  const favours = Object.entries(scenario.accomplices ?? {}).flatMap(([ring, { sequencers }]) =>
    Object.entries(sequencers)
      .filter(([chain]) => chains.includes(chain))
      .map(([chain, favour]) => ({
        chainId: chainIdOf(scenario, chain),
        conduct: favour.conduct,
        calls: favour.conduct === 'hold-back' ? favour.calls : (['fill'] as const),
        slots: favour.slots,
        rivals: rivalsOf(scenario, seed, ring),
        friends: favour.conduct === 'last-look' ? (scenario.rings?.[ring] ?? []).map(asNodeId) : [],
      })),
  )
  return favours.length === 0 ? {} : { favours }
}

/** Producers that give a solver the last look. */
export function looksOf(scenario: Scenario, solver: string): Pick<SolverInit, 'looks'> {
  const nodes = scenarioNodes(scenario)
  const looks = Object.entries(scenario.accomplices ?? {})
    .filter(([ring]) => scenario.rings?.[ring]?.includes(solver) === true)
    .flatMap(([, { sequencers }]) => Object.entries(sequencers))
    .filter(([, { conduct }]) => conduct === 'last-look')
    .flatMap(([chain]) => producersOf(nodes, chain).map(asNodeId))
  return looks.length === 0 ? {} : { looks }
}

/** What the verifiers of a bridge do for a ring. */
export function delayOf(scenario: Scenario, seed: string, bridge: string): Pick<BridgeNodeInit, 'delay'> {
  for (const [ring, { verifiers }] of Object.entries(scenario.accomplices ?? {})) {
    const favour = verifiers[bridge]
    if (favour === undefined) continue
    return {
      delay: { delayMs: secondsToMs(favour.seconds), rivals: rivalsOf(scenario, seed, ring) },
    }
  }
  return {}
}

/** Accounts of the solvers that are not of the ring. */
function rivalsOf({ solvers, rings = {} }: Scenario, seed: string, ring: string): Address[] {
  return Object.keys(solvers)
    .filter((solver) => rings[ring]?.includes(solver) !== true)
    .map((solver) => accountOf(seed, solver))
}
