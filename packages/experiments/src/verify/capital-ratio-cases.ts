// Kind `firesale-cfs`: one case a file. Of the price iterates the files list twelve at most, and so many are compared.
import { capitalRatioSales, claimsNetwork, type Entry } from '@solvent/contagion'
import { capitalRatioFields } from '../networks/capital-ratio-stress.ts'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Input {
  readonly n: number
  readonly liabilities: { readonly edges: readonly Entry[] }
  readonly cash: readonly number[]
  readonly illiquid: readonly number[]
  readonly externalLiabilities: readonly number[]
  readonly minCapitalRatio: number
  readonly alpha: number
}

interface Content {
  readonly input: Input
  readonly expected: unknown
  readonly tolerance: Tolerance
}

export const capitalRatioKind: FixtureKind<Input> = {
  kind: 'firesale-cfs',
  split: (content) => {
    const { input, expected, tolerance } = content as unknown as Content
    return [{ name: 'greatest equilibrium', input, want: expected, tolerance }]
  },
  compute: ({ liabilities, ...input }) =>
    capitalRatioFields(
      capitalRatioSales({ ...input, liabilities: claimsNetwork(input.n, liabilities.edges) }),
    ),
}
