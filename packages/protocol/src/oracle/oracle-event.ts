// What happened at an oracle, as typed events.
import type { Address } from '@solvent/primitives'

export type OracleEvent =
  | {
      readonly kind: 'price-posted'
      readonly oracle: Address
      readonly reporter: Address
      readonly round: number
      readonly answerE8: bigint
    }
  /** The round has its quorum: from now on this is the answer. */
  | {
      readonly kind: 'price-updated'
      readonly oracle: Address
      readonly round: number
      readonly answerE8: bigint
    }
  /** An average has a new reading: of a pair Σ price × seconds (UQ112.112), of a pool of ranges Σ tick × seconds. Null at the first: there is no average yet. */
  | {
      readonly kind: 'average-taken'
      readonly oracle: Address
      readonly cumulative: bigint
      readonly answerE8: bigint | null
    }
  /** A delayed oracle has moved on: what was queued is current, what is new is queued. */
  | {
      readonly kind: 'oracle-poked'
      readonly oracle: Address
      readonly currentE8: bigint
      readonly queuedE8: bigint
    }
