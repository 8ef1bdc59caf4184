// Kind `gamma-feedback`: each case of a file is one shock.
import { type GammaFeedbackInput, gammaFeedback } from '@solvent/contagion'
import type { FixtureKind, Tolerance } from './fixture-kind.ts'

interface Content {
  readonly cases: readonly { readonly input: GammaFeedbackInput; readonly expected: unknown }[]
  readonly tolerance: Tolerance
}

export const gammaFeedbackKind: FixtureKind<GammaFeedbackInput> = {
  kind: 'gamma-feedback',
  split: (content) => {
    const { cases, tolerance } = content as unknown as Content
    return cases.map(({ input, expected }, index) => ({
      name: `case ${index}`,
      input,
      want: expected,
      tolerance,
    }))
  },
  compute: gammaFeedback,
}
