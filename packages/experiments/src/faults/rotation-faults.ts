// Rotations of verifiers: those who may vote for the next set do, each by transactions of its own.
import { asNodeId } from '@solvent/primitives'
import { accountOf, bridgeAddress } from '../assembly/addresses.ts'
import { bridgePartiesOf } from '../scenario/bridge-parties.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { verifierCount } from '../scenario/verifier-count.ts'
import type { FaultFamily } from './fault-context.ts'

export const rotationFaults: FaultFamily<'rotate-verifiers'> = {
  'rotate-verifiers': {
    check({ bridge, verifiers, threshold, voters = [], on }, { scenario, path, findings }) {
      const signed = Object.keys(scenario.bridges).filter(
        (each) => scenario.bridges[each]!.verification.kind === 'quorum',
      )
      if (!findings.reference([...path, 'bridge'], 'bridge with verifiers', bridge, signed)) return
      const nodes = verifierNodes(scenario, bridge)
      for (const [key, names] of Object.entries({ verifiers, voters }))
        names.forEach((each, index) =>
          findings.reference([...path, key, index], 'verifier of the bridge', each, nodes),
        )
      const chains = Object.keys(scenario.chains)
      on.forEach((each, index) => findings.reference([...path, 'on', index], 'chain', each, chains))
      const least = verifiers.length === 0 ? 0 : 1
      if (threshold >= least && threshold <= verifiers.length) return
      findings.add('E_RANGE', [...path, 'threshold'], 'a quorum that the next set cannot have', {
        got: `${threshold} of ${verifiers.length}`,
        allowed: `${least} to ${verifiers.length}`,
      })
    },
    resolve({ bridge, verifiers, threshold, voters, on }, { scenario, seed }) {
      const first = verifierNodes(scenario, bridge).slice(0, verifierCount(scenario.bridges[bridge]!))
      const message = {
        kind: 'rotate-verifiers',
        bridge: bridgeAddress(bridge),
        verifiers: verifiers.map((each) => accountOf(seed, each)),
        threshold,
        on: on.map((each) => chainIdOf(scenario, each)),
      } as const
      return (voters ?? first).map((voter) => ({ kind: 'control', to: asNodeId(voter), message }))
    },
  },
}

/** The bridge's verifiers, those on standby last. */
function verifierNodes(scenario: Scenario, bridge: string): string[] {
  return bridgePartiesOf(bridge, scenario.bridges[bridge]!.verification).flatMap(({ node, role }) =>
    role === 'verifier' ? [node] : [],
  )
}
