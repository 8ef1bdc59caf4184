// What a hash-lock contract did, as typed events.
import type { Address, Hash32 } from '@solvent/primitives'
import type { LockLeg } from './hash-lock-call.ts'

export type HashLockEvent =
  | {
      readonly kind: 'hash-lock-created'
      readonly bridge: Address
      readonly lock: Hash32
      readonly leg: LockLeg
      readonly hash: Hash32
      readonly token: Address
      readonly amount: bigint
      readonly depositor: Address
      readonly recipient: Address
      /** Of the gas token. */
      readonly safetyDeposit: bigint
    }
  | {
      readonly kind: 'hash-lock-withdrawn'
      readonly bridge: Address
      readonly lock: Hash32
      readonly preimage: Hash32
      readonly by: Address
    }
  | {
      readonly kind: 'hash-lock-cancelled'
      readonly bridge: Address
      readonly lock: Hash32
      readonly by: Address
    }
