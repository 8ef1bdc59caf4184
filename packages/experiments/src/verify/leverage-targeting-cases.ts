// Kind `firesale-glt`: one case a file, with the paper's linear sales and with sales capped by what is left.
import { leverageFields } from '../networks/fire-sale-stress.ts'
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
  compute: leverageFields,
}
