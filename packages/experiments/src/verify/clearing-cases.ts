// Kind `clearing`: one case for each pair of recovery rates of a file; a node that owes nothing recovers null.
import { claimsNetwork, type Entry, type RecoveryRates, rogersVeraart } from '@solvent/contagion'
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
  compute: ({ network, rates }) => {
    const { rounds, defaulted, defaultRound, recoveryRate, ...cleared } = rogersVeraart(
      {
        liabilities: claimsNetwork(network.n, network.liabilities.edges),
        externalAssets: network.externalAssetsAfter,
        externalLiabilities: network.externalLiabilities,
      },
      rates,
    )
    return {
      totalNominal: [...cleared.totalNominal],
      clearingVector: [...cleared.clearingVector],
      recoveryRate: [...recoveryRate].map((rate) => (Number.isNaN(rate) ? null : rate)),
      assetsReceivedPlusExternal: [...cleared.assetsReceivedPlusExternal],
      netWorth: [...cleared.netWorth],
      equity: [...cleared.equity],
      defaulted: [...defaulted],
      defaultRound: [...defaultRound],
      fictitiousDefaultRounds: rounds,
      externalCreditorsReceive: [...cleared.externalCreditorsReceive],
      bankruptcyCosts: [...cleared.bankruptcyCosts],
      totals: cleared.totals,
    }
  },
}
