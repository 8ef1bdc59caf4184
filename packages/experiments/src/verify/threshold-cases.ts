// Kind `threshold`: one case for each set of initial defaults of a file, under both tie rules. Rounds are exact;
// losses are sums of whole claims times one share, so that they are exact too.
import { claimsNetwork, type Entry, thresholdCascade } from '@solvent/contagion'
import { bothTies, thresholdFields } from '../networks/threshold-stress.ts'
import { EXACT, type FixtureKind } from './fixture-kind.ts'

interface Network {
  readonly n: number
  readonly claims: { readonly edges: readonly Entry[] }
  readonly buffers: readonly number[]
}

interface Scenario {
  readonly initialDefaults: readonly number[]
  readonly lossGivenDefault: number
}

interface Content {
  readonly input: Network
  readonly scenarios: readonly (Scenario & { readonly name: string; readonly expected: unknown })[]
}

interface Input {
  readonly network: Network
  readonly scenario: Scenario
}

export const thresholdKind: FixtureKind<Input> = {
  kind: 'threshold',
  split: (content) => {
    const { input, scenarios } = content as unknown as Content
    return scenarios.map(({ name, expected, initialDefaults, lossGivenDefault }) => ({
      name,
      input: { network: input, scenario: { initialDefaults, lossGivenDefault } },
      want: expected,
      tolerance: EXACT,
    }))
  },
  compute: ({ network, scenario }) => {
    const claims = claimsNetwork(network.n, network.claims.edges)
    const { buffers } = network
    return bothTies((tie) => thresholdFields(thresholdCascade({ claims, buffers, ...scenario, tie })))
  },
}
