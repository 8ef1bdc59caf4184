// The limiter's comparisons (B-5). Source: Wormhole Governor (whitepaper 0007): what is younger than the window counts,
// a transfer at or above the single limit waits uncounted, a small one passes when it fits exactly.
import type { DepartureLimit } from '@solvent/protocol'
import { type BucketLevel, refilled } from './bucket-level.ts'

/** Part of `SettlementRules`. */
export interface LimiterRules {
  /** Whether an arrival still counts: it is younger than the window. */
  readonly inWindow: (at: number, now: number, windowSeconds: number) => boolean
  /** What verifiers count a unit for: the configured price or an oracle's answer (B-5). */
  readonly governorPriceE8: (floorE8: bigint, answerE8: bigint) => bigint
  /** What the bucket of a departure limit holds by now. */
  readonly refilled: (level: BucketLevel, limit: DepartureLimit, now: number) => bigint
}

export const limiterRules: LimiterRules = {
  inWindow: (at, now, windowSeconds) => now - at < windowSeconds,
  governorPriceE8: (floorE8, answerE8) => limiterPriceE8(floorE8, answerE8),
  refilled,
}

/** A transfer that waits whatever has arrived before it. */
export function isLarge(valueE8: bigint, singleE8: bigint): boolean {
  return valueE8 >= singleE8
}

/** What a tracked token is worth: the floor guards against a price that was pushed down. */
export function limiterPriceE8(floorE8: bigint, dynamicE8: bigint): bigint {
  return floorE8 > dynamicE8 ? floorE8 : dynamicE8
}
