// What people do to a bridge's limiter: verifiers vote on everything that waits, the guardian updates a price.
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { bridgeAddress } from '../assembly/addresses.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { verifierCount } from '../scenario/verifier-count.ts'
import type { FaultCheck, FaultFamily, FaultOf } from './fault-context.ts'

const E8 = 8

export const limiterFaults: FaultFamily<'vote' | 'limiter-price'> = {
  vote: {
    check(fault, check) {
      const { scenario, path, findings } = check
      const queued = Object.entries(scenario.bridges)
        .filter(([, { limiter, governor }]) => (limiter ?? governor) !== undefined)
        .map(([name]) => name)
      const known = [...path, 'bridge']
      if (!findings.reference(known, 'bridge with a limiter or governor', fault.bridge, queued)) return
      const verifiers = verifierCount(check.scenario.bridges[fault.bridge]!)
      if (fault.verifiers > verifiers)
        check.findings.add('E_RANGE', [...check.path, 'verifiers'], 'more verifiers than the bridge has', {
          got: String(fault.verifiers),
          allowed: `at most ${verifiers}`,
        })
    },
    resolve(fault, { scenario }) {
      const bridge = bridgeAddress(fault.bridge)
      const message = { kind: 'vote-queued', bridge, vote: fault.vote } as const
      const votes = nodesOf(scenario, fault.bridge)
        .parties.filter(({ role }) => role === 'verifier')
        .slice(0, fault.verifiers)
        .map(({ node }): Fault => ({ kind: 'control', to: asNodeId(node), message }))
      if (scenario.bridges[fault.bridge]!.governor === undefined || fault.vote !== 'release') return votes
      const watcher = asNodeId(scenarioNodes(scenario).watcher)
      return [{ kind: 'control', to: watcher, message: { kind: 'declare-release', bridge } }, ...votes]
    },
  },
  'limiter-price': {
    check(fault, check) {
      if (!hasLimiter(fault, check)) return
      const { floors } = check.scenario.bridges[fault.bridge]!.limiter!
      check.findings.reference([...check.path, 'asset'], 'tracked asset', fault.asset, Object.keys(floors))
    },
    resolve({ bridge, asset, price }, { scenario }) {
      const message = {
        kind: 'price-asset',
        bridge: bridgeAddress(bridge),
        symbol: asset,
        priceE8: parseUnits(price, E8),
      } as const
      return [{ kind: 'control', to: asNodeId(nodesOf(scenario, bridge).operator), message }]
    },
  },
}

function hasLimiter(fault: FaultOf<'limiter-price'>, { scenario, path, findings }: FaultCheck): boolean {
  const limited = Object.keys(scenario.bridges).filter(
    (name) => scenario.bridges[name]!.limiter !== undefined,
  )
  return findings.reference([...path, 'bridge'], 'bridge with a limiter', fault.bridge, limited)
}

function nodesOf(scenario: Scenario, bridge: string) {
  return scenarioNodes(scenario).bridges.find((each) => each.bridge === bridge)!
}
