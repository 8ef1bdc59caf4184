// From a scenario's words on why a bridge's messages are believed to what every node knows of it.
import { assertNever, parseUnits, secondsToMs } from '@solvent/primitives'
import type { Party, Verification } from '@solvent/protocol'
import type { BridgeParty } from '../scenario/bridge-parties.ts'
import type { ScenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export function assembleVerification(
  scenario: Scenario,
  { bridge, parties }: ScenarioNodes['bridges'][number],
  party: (node: string) => Party,
): Verification {
  const { verification } = scenario.bridges[bridge]!
  const withRole = (role: BridgeParty['role']): Party[] =>
    parties.filter((each) => each.role === role).map(({ node }) => party(node))
  switch (verification.kind) {
    case 'quorum': {
      const all = withRole('verifier')
      return {
        kind: 'quorum',
        verifiers: all.slice(0, verification.verifiers),
        standby: all.slice(verification.verifiers),
        threshold: verification.threshold,
        setIndex: 0,
        graceSeconds: verification.graceSeconds,
      }
    }
    case 'optimistic': {
      const { bond, livenessSeconds, arbitrationSeconds, bundleIntervalSeconds } = verification
      return {
        kind: 'optimistic',
        proposers: withRole('proposer'),
        disputers: withRole('disputer'),
        arbiter: withRole('arbiter')[0]!,
        bond: parseUnits(bond, scenario.assets[scenario.gasAsset]!.decimals),
        livenessSeconds,
        arbitrationSeconds,
        bundleIntervalSeconds,
      }
    }
    case 'canonical':
      // A rollup's contract follows its L1 for ever: no header of it is too old.
      return { kind: 'canonical', form: 'headers', provingMs: 0, trustingPeriodMs: Number.MAX_SAFE_INTEGER }
    case 'none':
      return { kind: 'none' }
    case 'light-client':
      return {
        kind: 'light-client',
        form: verification.proof,
        provingMs: secondsToMs(verification.provingSeconds),
        trustingPeriodMs: secondsToMs(verification.trustingPeriodSeconds),
      }
    default:
      return assertNever(verification)
  }
}
