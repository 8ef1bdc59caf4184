// Nodes whose operators put another key in the place of the one that signs for their account, at a time.
import type { AccountRotation } from '@solvent/nodes'
import type { NetworkSpec } from '@solvent/protocol'
import type { NodeRole, PlannedNode } from '../assembly/network-plan.ts'
import { accountScheme, successorKey } from './account-schemes.ts'
import { chainIdOf } from './chain-id.ts'
import type { Findings } from './findings.ts'
import { scenarioNodes } from './node-names.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

type Rotation = NonNullable<Scenario['accountRotations']>[string]

/** Nodes that have money or business on chains of their own; actors rotate by a step. */
const ROTATING = ['solver', 'sequencer', 'bridge', 'keeper', 'custodian'] as const
type Rotating = Extract<PlannedNode, { role: (typeof ROTATING)[number] }>

export function checkAccountRotations(
  scenario: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { solvers, sequencers, bridges, keepers, custodians } = scenarioNodes(scenario)
  const nodes = new Set([
    ...solvers,
    ...sequencers.map(({ node }) => node),
    ...bridges.flatMap(({ parties, relayers, operator }) => [
      ...parties.map(({ node }) => node),
      ...relayers,
      operator,
    ]),
    ...keepers,
    ...custodians,
  ])
  for (const [node, { atSeconds, scheme, chains = [] }] of Object.entries(scenario.accountRotations ?? {})) {
    const path = ['accountRotations', node]
    findings.reference(path, `node of a role that rotates (${ROTATING.join(', ')})`, node, [...nodes])
    chains.forEach((chain, index) =>
      findings.reference([...path, 'chains', index], 'chain', chain, Object.keys(scenario.chains)),
    )
    if (atSeconds >= scenario.durationSeconds)
      findings.add('E_RANGE', [...path, 'atSeconds'], 'the key would change after the end of the run', {
        got: String(atSeconds),
        allowed: `less than ${scenario.durationSeconds}`,
      })
    if (scheme === accountScheme(scenario, node))
      warnings.push({
        rule: 'rotation-same-scheme',
        path: path.join('.'),
        message: `rotates to another key of ${scheme}, its first key's scheme: when that breaks, both do`,
      })
  }
}

/** The nodes of a plan, those with a rotation told of it. */
export function withRotations(
  scenario: Scenario,
  { seed, spec }: { readonly seed: string; readonly spec: NetworkSpec },
  nodes: readonly PlannedNode[],
): PlannedNode[] {
  const { accountRotations = {} } = scenario
  return nodes.map((node): PlannedNode => {
    const rotation = accountRotations[node.id]
    if (rotation === undefined || !isRotating(node)) return node
    const init = { ...node.init, rotation: rotationOf(scenario, { seed, spec }, node.id, rotation) }
    return { ...node, init } as PlannedNode
  })
}

function rotationOf(
  scenario: Scenario,
  { seed, spec }: { readonly seed: string; readonly spec: NetworkSpec },
  node: string,
  { atSeconds, scheme, chains = Object.keys(scenario.chains) }: Rotation,
): AccountRotation {
  return {
    key: successorKey(seed, node, scheme),
    keys: { scheme: spec.signatures, seed },
    atSeconds: Math.floor(spec.genesisMs / 1_000) + atSeconds,
    chains: chains.map((chain) => chainIdOf(scenario, chain)),
  }
}

function isRotating(node: PlannedNode): node is Rotating {
  return (ROTATING as readonly NodeRole[]).includes(node.role)
}
