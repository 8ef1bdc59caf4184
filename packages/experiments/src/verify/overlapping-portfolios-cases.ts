// Kind `firesale-overlap`: one case a file.
import { overlappingPortfolios, portfolioMatrix } from '@solvent/contagion'
import { overlapFields } from '../networks/fire-sale-stress.ts'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Input {
  readonly holdings: readonly (readonly number[])[]
  readonly cash: readonly number[]
  readonly liabilities: readonly number[]
  readonly alpha: number
  readonly priceShock: readonly number[]
}

interface Content {
  readonly input: Input
  readonly expected: unknown
  readonly tolerance: Tolerance
}

export const overlappingPortfoliosKind: FixtureKind<Input> = {
  kind: 'firesale-overlap',
  split: (content) => {
    const { input, expected, tolerance } = content as unknown as Content
    return [{ name: 'liquidations to their end', input, want: expected, tolerance }]
  },
  compute: (input) => {
    const holdings = portfolioMatrix(input.holdings, input.priceShock.length)
    return overlapFields(overlappingPortfolios({ ...input, holdings }))
  },
}
