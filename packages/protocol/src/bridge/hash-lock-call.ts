// What a transaction asks of a hash-lock contract on its chain.
import type { Address, Hash32 } from '@solvent/primitives'

/** `source`: locked first, by the maker of a swap; `destination`: locked in answer, by the taker. */
export const lockLegs = ['source', 'destination'] as const
export type LockLeg = (typeof lockLegs)[number]

export type HashLockCall =
  /** Locks tokens of the sender, and a safety deposit, for whoever shows the preimage of `hash` in time. */
  | {
      readonly kind: 'hash-lock-create'
      readonly bridge: Address
      readonly leg: LockLeg
      readonly token: Address
      readonly amount: bigint
      readonly recipient: Address
      /** SHA-256 of the preimage's 32 bytes. */
      readonly hash: Hash32
    }
  /** Pays the recipient; the caller gets the safety deposit, and the preimage is public from then on. */
  | {
      readonly kind: 'hash-lock-withdraw'
      readonly bridge: Address
      readonly lock: Hash32
      readonly preimage: Hash32
    }
  /** Pays the depositor back; the caller gets the safety deposit. */
  | { readonly kind: 'hash-lock-cancel'; readonly bridge: Address; readonly lock: Hash32 }
