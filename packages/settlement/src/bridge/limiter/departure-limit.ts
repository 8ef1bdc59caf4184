// What may leave a chain over one lane of a bridge: a bucket that starts full, refills with time up to its capacity, and
// refuses what it does not hold. It counts what the sender gives, dust included. Source: Chainlink CCIP, RateLimiter.sol
// (_consume, _calculateRefill) as TokenPool.sol calls it in lockOrBurn.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeSpec, DepartureLimit } from '@solvent/protocol'
import type { UndoableMap } from '../../ledger/undo-log.ts'
import type { BucketLevel } from './bucket-level.ts'
import type { LimiterRules } from './limiter-rules.ts'

export type Buckets = UndoableMap<DepartureLimit, BucketLevel>

/** The limit of a lane, or undefined. */
export function departureLimitOf(
  { departureLimits }: BridgeSpec,
  lane: { readonly chainId: ChainId; readonly token: Address; readonly dstChainId: ChainId },
): DepartureLimit | undefined {
  return departureLimits?.find(
    ({ chainId, token, dstChainId }) =>
      chainId === lane.chainId && token === lane.token && dstChainId === lane.dstChainId,
  )
}

/** Takes an amount out of a lane's bucket; false, and nothing has changed, when it does not hold so much. */
export function takeFromBucket(
  buckets: Buckets,
  limit: DepartureLimit,
  leaving: { readonly now: number; readonly amount: bigint },
  { refilled }: LimiterRules,
): boolean {
  const { now, amount } = leaving
  const level = buckets.get(limit)
  const held = level === undefined ? limit.capacity : refilled(level, limit, now)
  if (amount > held) return false
  buckets.set(limit, Object.freeze({ at: now, left: held - amount }))
  return true
}
