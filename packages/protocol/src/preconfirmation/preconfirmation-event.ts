// What became of producers' bonds, as typed events.
import type { Address } from '@solvent/primitives'
import type { Preconfirmation } from './preconfirmation.ts'

export type PreconfirmationEvent =
  | { readonly kind: 'preconfirmations-bonded'; readonly producer: Address; readonly amount: bigint }
  /** `amount` left the bond: half of it went to the sender, the rest was burned. */
  | {
      readonly kind: 'promise-broken'
      readonly preconfirmation: Preconfirmation
      readonly amount: bigint
    }
