// What a transaction asks of a bridge's liquidity pool on its chain.
import type { Address } from '@solvent/primitives'

export type PoolCall =
  /** Provider: pays cash in and gets shares for it. */
  | {
      readonly kind: 'pool-deposit'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
    }
  /** Provider: gives shares back for cash, as far as there is cash and nobody waits for a payout. */
  | {
      readonly kind: 'pool-withdraw'
      readonly bridge: Address
      readonly token: Address
      readonly shares: bigint
    }
  /** Anyone: pays cash in without shares; it belongs to the providers and makes a loss good. */
  | {
      readonly kind: 'pool-refill'
      readonly bridge: Address
      readonly token: Address
      readonly amount: bigint
    }
  /** Issuer: how many base units are paid for one, times 10^18; 10^18 unless something is wrong. */
  | {
      readonly kind: 'pool-rate'
      readonly bridge: Address
      readonly token: Address
      readonly rateE18: bigint
    }
