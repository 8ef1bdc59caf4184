// Kind `firesale-glt`: one case a file, with the paper's linear sales and with sales capped by what is left.
import { leverageTargeting, portfolioMatrix } from '@solvent/contagion'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Input {
  readonly assets: readonly number[]
  readonly equity: readonly number[]
  readonly weights: readonly (readonly number[])[]
  readonly illiquidity: readonly number[]
  readonly shock: readonly number[]
}

interface Content {
  readonly input: Input
  readonly expected: unknown
  readonly tolerance: Tolerance
}

export const leverageTargetingKind: FixtureKind<Input> = {
  kind: 'firesale-glt',
  split: (content) => {
    const { input, expected, tolerance } = content as unknown as Content
    return [{ name: 'both kinds of sales', input, want: expected, tolerance }]
  },
  compute: (input) => ({ linear: computed(input, 'linear'), capped: computed(input, 'capped') }),
}

function computed(input: Input, sales: 'linear' | 'capped') {
  const weights = portfolioMatrix(input.weights, input.illiquidity.length)
  const outcome = leverageTargeting({ ...input, weights, sales })
  return {
    directLoss: [...outcome.directLoss],
    sale: [...outcome.sale],
    assetSales: [...outcome.assetSales],
    secondRoundReturn: [...outcome.secondRoundReturn],
    indirectLoss: [...outcome.indirectLoss],
    AV: outcome.aggregateVulnerability,
    S: [...outcome.systemicness],
    IV: [...outcome.indirectVulnerability],
    DV: [...outcome.directVulnerability],
  }
}
