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
  /** A delayed oracle has moved on: what was queued is current, what is new is queued. */
  | {
      readonly kind: 'oracle-poked'
      readonly oracle: Address
      readonly currentE8: bigint
      readonly queuedE8: bigint
    }
