// What a hash-lock contract remembers of its locks. What they hold is in the ledger (BRIDGE_LOCK).
import type { Address, Hash32 } from '@solvent/primitives'
import type { LockLeg } from '@solvent/protocol'

export interface HashLock {
  readonly leg: LockLeg
  readonly hash: Hash32
  readonly token: Address
  readonly amount: bigint
  readonly depositor: Address
  readonly recipient: Address
  /** Unix seconds. */
  readonly createdAt: number
  readonly status: 'open' | 'withdrawn' | 'cancelled'
}
