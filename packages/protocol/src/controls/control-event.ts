// What controls did.
import type { Address } from '@solvent/primitives'

export interface ControlEvent {
  readonly kind: 'breaker-tripped'
  readonly breaker: Address
  readonly guarded: Address
  /** As the watched oracle (8 decimals) or market (times 2^96) has them. */
  readonly reference: bigint
  readonly price: bigint
  /** The halt ends then, Unix seconds. */
  readonly haltedUntil: number
}
