// Steps of a thief of escrows: a claim of a fill that nobody made, signed with stolen keys, and taking what it is paid.
import { accountOf } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { checkFalseFill, falseFillOf } from '../scenario/false-fill.ts'
import { verifierCount } from '../scenario/verifier-count.ts'
import type { StepFamily } from './step-rule.ts'

export const falseFillSteps: StepFamily<'deliver-false-fill' | 'claim-proven'> = {
  'deliver-false-fill': {
    check(step, check) {
      checkFalseFill(step, check)
      const { path, findings, scenario } = check
      const bridge = scenario.bridges[step.bridge]
      if (bridge === undefined) return
      if (bridge.verification.kind !== 'quorum')
        findings.add('E_VALUE', [...path, 'bridge'], 'a bridge whose verifiers have no keys to steal', {
          got: `verification ${bridge.verification.kind}`,
          allowed: 'verification quorum',
          hint: 'a fault forge-fill poisons what proposers and disputers read',
        })
      else if (step.keys > verifierCount(bridge))
        findings.add('E_RANGE', [...path, 'keys'], 'more keys than the bridge has verifiers', {
          got: String(step.keys),
          allowed: `at most ${verifierCount(bridge)}`,
        })
    },
    resolve(step, { scenario, spec, seed, actor }) {
      const { verification } = spec.bridges.find(({ name }) => name === step.bridge)!
      const of = verification.kind === 'quorum' ? verification.verifiers.slice(0, step.keys) : []
      const fill = falseFillOf(step, { scenario, seed, payee: actor })
      const keys = { scheme: spec.signatures, seed, setIndex: step.setIndex, of }
      return {
        chainId: chainIdOf(scenario, step.to),
        action: { kind: 'deliver-false-fill', fill, keys },
        ...(step.outcome === 'accepted' ? { falseFill: fill } : {}),
      }
    },
  },
  'claim-proven': {
    check({ chain }, { scenario, path, findings }) {
      findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))
    },
    resolve: ({ chain }, { scenario, seed, actor }) => ({
      chainId: chainIdOf(scenario, chain),
      action: { kind: 'claim-proven', payee: accountOf(seed, actor) },
    }),
  },
}
