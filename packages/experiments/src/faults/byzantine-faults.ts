// Nodes that break the protocol on purpose. What a conduct needs, only some nodes have: awards to sign, bids to make.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import type { Misconduct } from '@solvent/protocol'
import { allNodeNames, type ScenarioNodes, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily } from './fault-context.ts'

export const byzantineFaults: FaultFamily<'byzantine'> = {
  byzantine: {
    check({ node, conduct, messages }, { scenario, path, findings }) {
      const nodes = scenarioNodes(scenario)
      if (!findings.reference([...path, 'node'], 'node', node, allNodeNames(nodes))) return
      const able = nodesAbleTo(conduct, nodes)
      if (able !== null && !able.includes(node))
        findings.add('E_VALUE', [...path, 'conduct'], 'the node has nothing to do this with', {
          got: `${conduct} of ${node}`,
          allowed: able.length === 0 ? 'no node of this network' : able.join(', '),
        })
      if (conduct === 'equivocate' && vouchesAlone(node, scenario))
        findings.add(
          'E_VALUE',
          [...path, 'conduct'],
          'one signature is enough here: a second content is a forge',
          {
            got: `${conduct} of ${node}`,
            allowed: 'a verifier of a bridge with a threshold of 2 or more; for this one the fault forge',
          },
        )
      if (messages.length > 0 && !SELECTIVE.includes(conduct))
        findings.add('E_VALUE', [...path, 'messages'], 'this conduct does not choose among messages', {
          got: messages.join(', '),
          allowed: `none, or one of ${SELECTIVE.join(', ')}`,
        })
    },
    /** The node is told to, and the watcher what not to wonder at. */
    resolve({ node, conduct, messages, atSeconds, forSeconds }, { scenario }) {
      const untilMs = Date.parse(scenario.start) + secondsToMs(atSeconds + forSeconds)
      const { watcher } = scenarioNodes(scenario)
      return [
        {
          kind: 'control',
          to: asNodeId(watcher),
          message: { kind: 'declare-misconduct', node: asNodeId(node), untilMs },
        },
        {
          kind: 'control',
          to: asNodeId(node),
          message: { kind: 'misbehave', misconduct: { conduct, types: messages, untilMs } },
        },
      ]
    },
  },
}

const SELECTIVE: readonly Misconduct[] = ['withhold', 'relay-selectively']

/** Whether messages of the node's bridge need its signature and no other. */
function vouchesAlone(node: string, scenario: Scenario): boolean {
  return scenarioNodes(scenario).bridges.some(({ bridge, parties }) => {
    const verification = scenario.bridges[bridge]?.verification
    const isVerifier = parties.some((party) => party.node === node && party.role === 'verifier')
    return isVerifier && verification?.kind === 'quorum' && verification.threshold === 1
  })
}

/** Null when any node is. */
function nodesAbleTo(conduct: Misconduct, nodes: ScenarioNodes): readonly string[] | null {
  const verifiers = nodes.bridges.flatMap(({ parties }) =>
    parties.filter(({ role }) => role === 'verifier').map(({ node }) => node),
  )
  switch (conduct) {
    case 'equivocate':
      return [...nodes.auctioneers, ...verifiers]
    case 'misrank':
      return nodes.auctioneers
    case 'fill-unfunded':
      return nodes.solvers
    default:
      return null
  }
}
