// What a transaction asks of an authority.
import type { Address } from '@solvent/primitives'
import type { Measure } from './measure.ts'

export type AuthorityCall =
  /** A member puts a measure to the vote, and votes for it. */
  | { readonly kind: 'propose-measure'; readonly authority: Address; readonly measure: Measure }
  /** A member votes for a measure once votes are taken. */
  | { readonly kind: 'vote-measure'; readonly authority: Address; readonly proposal: number }
  /** Anyone, once the measure is carried and its delay is over. */
  | { readonly kind: 'enact-measure'; readonly authority: Address; readonly proposal: number }
