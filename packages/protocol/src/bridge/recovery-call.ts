// What a transaction asks of a bridge after a loss.
import type { Address } from '@solvent/primitives'

export type RecoveryCall =
  /** Anyone, at home: gives `amount` to the lock, for nothing. */
  | {
      readonly kind: 'refill'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
    }
  /** The issuer of a bridge that socialises losses, at home: from now on redemptions pay lock / claims of their amount. */
  | {
      readonly kind: 'share-loss'
      readonly bridge: Address
      readonly token: Address
      /** Everything that may still be redeemed, base units of the home token. */
      readonly claims: bigint
    }
