// What the bucket of a departure limit holds. Source: Chainlink CCIP, RateLimiter.sol (_calculateRefill).
import { minBig } from '@solvent/primitives'
import type { DepartureLimit } from '@solvent/protocol'

/** What a bucket held after the last departure, and when that was (Unix seconds). */
export interface BucketLevel {
  readonly at: number
  readonly left: bigint
}

/** What a bucket holds after some time without a departure. */
export function refilled({ at, left }: BucketLevel, limit: DepartureLimit, now: number): bigint {
  return minBig(limit.capacity, left + BigInt(now - at) * limit.refillPerSecond)
}
