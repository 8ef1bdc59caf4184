// A study of a paper, and which figures of it are computed again.
import type { SessionOutcome } from '@solvent/collusion'
import type { PublishedFigure } from './published-row.ts'

export interface PublishedStudy<Study, Summary, Outcome extends SessionOutcome> {
  readonly name: string
  readonly study: Study
  /** Sessions of a quick check, and of a full one; a study that is left out of the quick check has 0. */
  readonly quick: number
  readonly full: number
  readonly figures: readonly PublishedFigure<Summary, Outcome>[]
}

/** How much of the papers is computed again: some sessions of the main results, or all results. */
export type PublishedSize = 'quick' | 'full'
