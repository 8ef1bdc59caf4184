// Kind `gamma-feedback`: each case of a file is one shock.
import { type GammaFeedbackInput, gammaFeedback } from '@solvent/contagion'
import type { FixtureKind } from './fixture-kind.ts'
import { listedCases } from './listed-cases.ts'

export const gammaFeedbackKind: FixtureKind<GammaFeedbackInput> = {
  kind: 'gamma-feedback',
  split: listedCases,
  compute: gammaFeedback,
}
