// Kind `clearing`: one case for each pair of recovery rates of a file; a node that owes nothing recovers null.
import { claimsNetwork, type Entry, type RecoveryRates, rogersVeraart } from '@solvent/contagion'
import { clearingFields } from '../networks/clear-network.ts'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Network {
  readonly n: number
  readonly liabilities: { readonly edges: readonly Entry[] }
  readonly externalAssetsAfter: readonly number[]
  readonly externalLiabilities: readonly number[]
}

interface Content {
  readonly input: Network
  readonly runs: readonly (RecoveryRates & { readonly expected: unknown })[]
  readonly tolerance: Tolerance
}

interface Input {
  readonly network: Network
  readonly rates: RecoveryRates
}

export const clearingKind: FixtureKind<Input> = {
  kind: 'clearing',
  split: (content) => {
    const { input, runs, tolerance } = content as unknown as Content
    return runs.map(({ alpha, beta, expected }) => ({
      name: `alpha ${alpha}, beta ${beta}`,
      input: { network: input, rates: { alpha, beta } },
      want: expected,
      tolerance,
    }))
  },
  compute: ({ network, rates }) =>
    clearingFields(
      rogersVeraart(
        {
          liabilities: claimsNetwork(network.n, network.liabilities.edges),
          externalAssets: network.externalAssetsAfter,
          externalLiabilities: network.externalLiabilities,
        },
        rates,
      ),
    ),
}
