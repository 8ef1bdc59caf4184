// Rotations of verifiers: those who may vote for the next set do, each by transactions of its own. And a break of the signature
// scheme behind keys: against it a rotation to keys of another scheme helps, of verifiers when the grace of the old set is over, of accounts
// at once, and so does money that has moved to accounts of another scheme.
import { asNodeId } from '@solvent/primitives'
import type { ControlMessage, Fault } from '@solvent/protocol'
import { accountOf, bridgeAddress } from '../assembly/addresses.ts'
import { drainedBy, keysOf, schemesOf } from '../scenario/account-schemes.ts'
import { bridgePartiesOf } from '../scenario/bridge-parties.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { verifierCount } from '../scenario/verifier-count.ts'
import type { FaultFamily } from './fault-context.ts'

export const rotationFaults: FaultFamily<'rotate-verifiers' | 'scheme-break'> = {
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
  'scheme-break': {
    check({ scheme, actor }, { scenario, path, findings }) {
      const ofVerifiers = Object.values(keySchemes(scenario)).flatMap((keys) => Object.values(keys))
      const ofVictims = drainedBy(scenario, actor).flatMap((victim) => schemesOf(scenario, victim))
      const schemes = [...new Set([...ofVerifiers, ...ofVictims])]
      findings.reference(
        [...path, 'scheme'],
        'signature scheme of verifiers or drained accounts',
        scheme,
        schemes,
      )
      findings.reference([...path, 'actor'], 'actor', actor, Object.keys(scenario.actors))
    },
    resolve({ scheme, actor }, { scenario, seed }) {
      const { watcher } = scenarioNodes(scenario)
      const ofVerifiers = Object.entries(keySchemes(scenario)).flatMap(
        ([bridge, schemes]): ControlMessage[] => {
          const broken = Object.keys(schemes).filter((node) => schemes[node] === scheme)
          if (broken.length === 0) return []
          const keys = broken.map((node) => ({ node: asNodeId(node), address: accountOf(seed, node) }))
          return [{ kind: 'scheme-broken', bridge: bridgeAddress(bridge), keys }]
        },
      )
      const accounts = drainedBy(scenario, actor).flatMap((victim) =>
        keysOf(scenario, seed, victim)
          .filter((each) => each.scheme === scheme)
          .map(({ key }) => ({ node: asNodeId(victim), address: key.address })),
      )
      const ofAccounts: ControlMessage[] =
        accounts.length === 0 ? [] : [{ kind: 'accounts-broken', accounts, by: accountOf(seed, actor) }]
      // The audit hears of it first: what the actor does with it comes after.
      return [...ofVerifiers, ...ofAccounts].flatMap((message) =>
        [watcher, actor].map((to): Fault => ({ kind: 'control', to: asNodeId(to), message })),
      )
    },
  },
}

/** By bridge and node: the signature scheme of each verifier's key. */
function keySchemes(scenario: Scenario): Record<string, Record<string, string>> {
  const bridges = Object.entries(scenario.bridges).flatMap(([bridge, { verification }]) => {
    if (verification.kind !== 'quorum') return []
    const { verifiers, scheme, standbyScheme = scheme } = verification
    const nodes = verifierNodes(scenario, bridge)
    const schemes = nodes.map((node, index) => [node, index < verifiers ? scheme : standbyScheme] as const)
    return [[bridge, Object.fromEntries(schemes)] as const]
  })
  return Object.fromEntries(bridges)
}

/** The bridge's verifiers, those on standby last. */
function verifierNodes(scenario: Scenario, bridge: string): string[] {
  return bridgePartiesOf(bridge, scenario.bridges[bridge]!.verification).flatMap(({ node, role }) =>
    role === 'verifier' ? [node] : [],
  )
}
