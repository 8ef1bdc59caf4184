// What a transaction asks of an authority.
import type { Address } from '@solvent/primitives'
import type { VoteSupport } from './authority-votes.ts'
import type { Measure } from './measure.ts'

export type AuthorityCall =
  /** A member puts a measure to the vote, and votes for it. */
  | { readonly kind: 'propose-measure'; readonly authority: Address; readonly measure: Measure }
  /** A member votes for a measure once votes are taken; a holder, where holders vote, for it or against. */
  | {
      readonly kind: 'vote-measure'
      readonly authority: Address
      readonly proposal: number
      /** Absent: for. */
      readonly support?: VoteSupport | undefined
    }
  /** Anyone, once the measure is carried and its delay is over. */
  | { readonly kind: 'enact-measure'; readonly authority: Address; readonly proposal: number }
