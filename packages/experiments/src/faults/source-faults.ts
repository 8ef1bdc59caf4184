// Data sources that mislead the verifiers which read from them: one, those of a failure domain, or all (S-7).
import { asNodeId, secondsToMs } from '@solvent/primitives'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultFamily, FaultOf } from './fault-context.ts'

export const sourceFaults: FaultFamily<'source-lie'> = {
  'source-lie': {
    check(fault, { scenario, path, findings }) {
      const quorums = Object.keys(scenario.bridges).filter(
        (name) => scenario.bridges[name]!.verification.kind === 'quorum',
      )
      if (!findings.reference([...path, 'bridge'], 'bridge with verifiers', fault.bridge, quorums)) return
      findings.reference([...path, 'chain'], 'chain', fault.chain, Object.keys(scenario.chains))
      const { verification } = scenario.bridges[fault.bridge]!
      if (verification.kind !== 'quorum') return
      if (fault.domain !== undefined)
        findings.reference(
          [...path, 'domain'],
          'failure domain of the bridge',
          fault.domain,
          verification.domains ?? [],
        )
      if (fault.verifiers > verification.verifiers)
        findings.add('E_RANGE', [...path, 'verifiers'], 'more verifiers than the bridge has', {
          got: String(fault.verifiers),
          allowed: `at most ${verification.verifiers}`,
        })
      const misled = misledBy(fault, scenario).length
      if (fault.lie === 'fork' && misled >= verification.threshold)
        findings.add(
          'E_RANGE',
          path,
          'so many verifiers would have a message believed that was never sent: that is a forge',
          {
            got: `${misled} verifiers on another branch`,
            allowed: `fewer than the ${verification.threshold} signatures that a message needs`,
          },
        )
    },
    resolve(fault, { scenario }) {
      const untilMs = Date.parse(scenario.start) + secondsToMs(fault.atSeconds + fault.forSeconds)
      const lie = { chainId: chainIdOf(scenario, fault.chain), lie: fault.lie, untilMs }
      return misledBy(fault, scenario).map((node) => ({
        kind: 'control',
        to: asNodeId(node),
        message: { kind: 'source-lie', lie },
      }))
    },
  },
}

function misledBy(
  { bridge, domain, verifiers }: FaultOf<'source-lie'>,
  scenario: Scenario,
): readonly string[] {
  const { verification } = scenario.bridges[bridge]!
  const domains = verification.kind === 'quorum' ? verification.domains : undefined
  return scenarioNodes(scenario)
    .bridges.find((each) => each.bridge === bridge)!
    .parties.filter(({ role }) => role === 'verifier')
    .filter((_, index) => (domain === undefined ? index < verifiers : domains?.[index] === domain))
    .map(({ node }) => node)
}
