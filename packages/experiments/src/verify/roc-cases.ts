// Kind `roc`: scores and labels of each screen, with the area under the curve and what is read from it.
import { type Roc, rocOf } from '@solvent/collusion'
import type { FixtureKind } from './fixture-kind.ts'

interface Input {
  readonly scores: readonly number[]
  readonly labels: readonly number[]
}

interface Content {
  readonly screens: Readonly<Record<string, Input & { readonly expected: unknown }>>
}

export const rocKind: FixtureKind<Input> = {
  kind: 'roc',
  split: (content) =>
    Object.entries((content as unknown as Content).screens).map(([name, { scores, labels, expected }]) => ({
      name,
      input: { scores, labels },
      want: expected,
      tolerance: CLOSED_FORM,
    })),
  compute: ({ scores, labels }): Roc | null => rocOf(scores, labels),
}

/** The file states none; its companions do (bids-*.json, closed_form). */
const CLOSED_FORM = { relative: 1e-9, absolute: 1e-9 }
