// Kind `debtrank`: one case for each shock of a file, under the three rules; the vectors where the file has them.
import { claimsNetwork, createStressSystem, debtRank, type Entry, type StressRule } from '@solvent/contagion'
import { debtRankFields } from '../networks/debt-rank-stress.ts'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Network {
  readonly n: number
  readonly exposures: { readonly edges: readonly Entry[] }
  readonly buffers: readonly number[]
  readonly weights: readonly number[]
}

/** Level by node; nodes not named are not hit. */
type Shock = Readonly<Record<string, number>>

interface Content {
  readonly input: Network
  readonly scenarios: readonly { readonly name: string; readonly shock: Shock; readonly expected: unknown }[]
  readonly tolerance: Tolerance
}

interface Input {
  readonly network: Network
  readonly shock: Shock
}

export const debtRankKind: FixtureKind<Input> = {
  kind: 'debtrank',
  split: (content) => {
    const { input, scenarios, tolerance } = content as unknown as Content
    return scenarios.map(({ name, shock, expected }) => ({
      name,
      input: { network: input, shock },
      want: expected,
      tolerance,
    }))
  },
  compute: ({ network, shock }) => {
    const system = createStressSystem({
      exposures: claimsNetwork(network.n, network.exposures.edges),
      buffers: network.buffers,
      weights: network.weights,
    })
    const levels = new Float64Array(network.n)
    for (const [node, level] of Object.entries(shock)) levels[Number(node)] = level
    const under = (rule: StressRule) => debtRankFields(debtRank(system, levels, rule))
    return {
      linear: under('linear'),
      singleHit: under('single-hit'),
      singleHitCappedImpact: under('single-hit-capped-impact'),
    }
  },
}
