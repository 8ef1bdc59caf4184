// Kind `neva`: one case for each shock to outside assets of a file, under the six valuation functions.
import { claimsNetwork, type Entry } from '@solvent/contagion'
import { valuationFields } from '../networks/valuation-stress.ts'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Network {
  readonly n: number
  readonly externalAssets: readonly number[]
  readonly externalLiabilities: readonly number[]
  readonly claims: { readonly edges: readonly Entry[] }
  readonly faceEquity: readonly number[]
  readonly sigmaAsset: readonly number[]
  readonly recovery: number
}

interface Content {
  readonly input: Network
  readonly scenarios: readonly {
    readonly name: string
    readonly shock: readonly number[]
    readonly expected: unknown
  }[]
  readonly tolerance: Tolerance
}

interface Input {
  readonly network: Network
  readonly shock: readonly number[]
}

export const networkValuationKind: FixtureKind<Input> = {
  kind: 'neva',
  split: (content) => {
    const { input, scenarios, tolerance } = content as unknown as Content
    return scenarios.map(({ name, shock, expected }) => ({
      name,
      input: { network: input, shock },
      want: expected,
      tolerance,
    }))
  },
  compute: ({ network, shock }) =>
    valuationFields({ ...network, claims: claimsNetwork(network.n, network.claims.edges) }, shock),
}
