// What a bridge's liquidity pool did, as typed events. Amounts are base units of the pool's token.
import type { Address, Hash32 } from '@solvent/primitives'

export type PoolEvent =
  | {
      readonly kind: 'pool-deposited' | 'pool-withdrawn'
      readonly bridge: Address
      readonly token: Address
      readonly provider: Address
      readonly amount: bigint
      readonly shares: bigint
    }
  | {
      readonly kind: 'pool-refilled'
      readonly bridge: Address
      readonly token: Address
      readonly from: Address
      readonly amount: bigint
    }
  | {
      readonly kind: 'pool-rate-set'
      readonly bridge: Address
      readonly token: Address
      readonly rateE18: bigint
    }
  /** A delivered transfer waits for cash behind those before it. */
  | {
      readonly kind: 'payout-queued'
      readonly bridge: Address
      readonly token: Address
      /** Digest of the message. */
      readonly message: Hash32
      readonly recipient: Address
      /** What the message carries; the payout is this less the fee. */
      readonly amount: bigint
      readonly fee: bigint
      /** 0, 1, 2, … in the order of delivery. */
      readonly position: number
    }
  | {
      readonly kind: 'payout-made'
      readonly bridge: Address
      readonly token: Address
      readonly message: Hash32
      readonly recipient: Address
      readonly amount: bigint
      readonly fee: bigint
      /** What the recipient got. */
      readonly paid: bigint
      /** Its place in the queue; null when it never waited. */
      readonly position: number | null
    }
