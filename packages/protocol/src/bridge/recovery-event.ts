// What became of a bridge's loss, as typed events.
import type { Address, Hash32 } from '@solvent/primitives'

export type RecoveryEvent =
  | {
      readonly kind: 'bridge-refilled'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
      readonly benefactor: Address
    }
  /** Redemptions pay floor(amount · backing / claims) from now on; equal numbers end it. */
  | {
      readonly kind: 'loss-shared'
      readonly bridge: Address
      readonly token: Address
      readonly backing: bigint
      readonly claims: bigint
    }
  /** Beside the `bridge-transfer` of what was paid. */
  | {
      readonly kind: 'redemption-reduced'
      readonly bridge: Address
      readonly token: Address
      readonly message: Hash32
      readonly claimed: bigint
      readonly paid: bigint
    }
