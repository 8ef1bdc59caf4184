// When a message is in time. Clocks differ: what is out of its window by no more than the skew is nobody's fault.
import { type DoorResult, ignore, PASS, reject } from './door-result.ts'

/** How far two honest clocks may differ, seconds. */
export const SKEW_SECONDS = 30
/** The furthest that an order's `openDeadline` may lie ahead, seconds. */
export const MAX_OPEN_AHEAD_SECONDS = 7 * 86_400
/** The furthest that any deadline may lie ahead, seconds. */
export const MAX_AHEAD_SECONDS = 30 * 86_400
/** A header older than this is of no use to anyone who follows the chain, seconds. */
export const MAX_HEADER_AGE_SECONDS = 86_400

/** Chain time at a moment of a node's clock. */
export function secondsAt(nowMs: number): number {
  return Math.floor(nowMs / 1_000)
}

/** In time while now <= deadline (seconds); ignored for the skew after it, then rejected. */
export function checkNotPast(deadline: number, now: number): DoorResult {
  if (now <= deadline) return PASS
  return now <= deadline + SKEW_SECONDS ? ignore('expired') : reject('expired', 'mid')
}

/** In time while deadline <= now + ahead (seconds); ignored for the skew beyond it, then rejected. */
export function checkNotAhead(deadline: number, now: number, ahead: number): DoorResult {
  if (deadline <= now + ahead) return PASS
  return deadline <= now + ahead + SKEW_SECONDS ? ignore('too-far-ahead') : reject('too-far-ahead', 'mid')
}
