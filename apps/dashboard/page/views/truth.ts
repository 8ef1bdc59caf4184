// Ground truth, where the reader asked for it: apart from what was seen, and said to be so.
import type { FrameTruth } from '../../src/run-frame.ts'
import { element, table } from '../dom.ts'

/** Null: nothing is to be shown. */
export function truthTable(truth: readonly FrameTruth[]): HTMLElement | null {
  if (truth.length === 0) return null
  return element(
    'section',
    { class: 'truth' },
    table(
      'Ground truth, from the scenario: no detector is told',
      ['node', 'role', 'conduct', 'ring', 'does'],
      truth.map(({ node, role, conduct, ring, does }) => [node, role, conduct, ring ?? '–', does]),
    ),
  )
}

/** Who is in a ring, or helps one. */
export const ringOf = (truth: readonly FrameTruth[]): ReadonlyMap<string, string> =>
  new Map(truth.flatMap(({ node, ring }) => (ring === null ? [] : [[node, ring] as const])))
