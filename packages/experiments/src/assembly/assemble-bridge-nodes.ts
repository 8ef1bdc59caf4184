// Those who work for the bridges of a scenario.
import { asNodeId, secondsToMs } from '@solvent/primitives'
import { poisonedSource } from '../faults/bridge-faults.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import { delayOf } from './accomplices.ts'
import { bridgeAddress } from './addresses.ts'
import type { PlannedNode } from './network-plan.ts'
import type { PlanInputs } from './plan-inputs.ts'

/** Those who vouch for messages, and relayers of which the first also pauses for issuer and guardian. */
export function bridgeNodes({ scenario, seed, spec }: PlanInputs): PlannedNode[] {
  return scenarioNodes(scenario).bridges.flatMap(({ bridge: name, parties, relayers, operator }) => {
    const { batches } = scenario.bridges[name]!
    const together =
      batches === undefined
        ? {}
        : { batches: { most: batches.most, waitMs: secondsToMs(batches.waitSeconds) } }
    const shared = { spec, bridge: bridgeAddress(name), trustedSources: [asNodeId(poisonedSource(name))] }
    return [
      ...parties.map(
        ({ node, role }): PlannedNode => ({
          id: asNodeId(node),
          role: 'bridge',
          // A proposer also delivers, after the relayers: what it was told by a lying source nobody else knows of.
          init: {
            ...shared,
            ...(role === 'proposer' ? together : {}),
            node: asNodeId(node),
            roles: role === 'proposer' ? [role, 'relayer'] : [role],
            ...(role === 'verifier' ? delayOf(scenario, seed, name) : {}),
          },
        }),
      ),
      ...relayers.map(
        (node): PlannedNode => ({
          id: asNodeId(node),
          role: 'bridge',
          init: {
            ...shared,
            ...together,
            // What a rollup's own bridge pays depends on roots alone: anyone's word of a message is worth a try.
            trustedSources:
              scenario.bridges[name]!.verification.kind === 'canonical' ? shared.trustedSources : [],
            node: asNodeId(node),
            roles: node === operator ? ['relayer', 'issuer', 'guardian'] : ['relayer'],
          },
        }),
      ),
    ]
  })
}
