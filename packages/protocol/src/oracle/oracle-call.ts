// What a transaction asks of an oracle.
import type { Address } from '@solvent/primitives'

export type OracleCall =
  /** A reporter says what it sees, in the next round or one that is open. */
  | {
      readonly kind: 'post-price'
      readonly oracle: Address
      readonly round: number
      /** As it was reported: zero and negative answers are possible, and consumers have to refuse them. */
      readonly answerE8: bigint
    }
  /** Anyone: a delayed oracle takes its next value, an average its next reading. */
  | { readonly kind: 'poke-oracle'; readonly oracle: Address }
