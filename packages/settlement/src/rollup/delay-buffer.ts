// The delay buffer of Arbitrum's sequencer inbox (BoLD): how long a sequencer may still keep forced transactions waiting. Good service
// fills it, delays that are longer than the threshold use it up, and when it is below the forced delay, force inclusion comes
// sooner. Source: OffchainLabs/nitro-contracts, src/bridge/DelayBuffer.sol (calcBuffer, update), and SequencerInbox.sol
// (forceInclusion, forceInclusionDeadline: block + min(buffer, delay)). Counted in blocks of the L1, as there; rates in basis points.
import type { DelayBufferSpec } from '@solvent/protocol'

/** Numbers of L1 blocks, but for the buffer itself, which is a count of them. */
export interface DelayBuffer {
  readonly blocks: number
  /** Which block had taken the transaction of the last update. */
  readonly forcedIn: number
  /** Which block held the batch that read it, or let it in by force. */
  readonly readIn: number
}

/** The rules in blocks of an L1. */
export interface DelayBufferRules {
  readonly threshold: number
  readonly max: number
  readonly replenishBps: number
}

const BASIS = 10_000

/** What a specification in seconds is in blocks of an L1 with slots of this length: whole ones, at least one (isValidBufferConfig). */
export function delayBufferRules(
  { thresholdSeconds, maxSeconds, replenishBps }: DelayBufferSpec,
  slotMs: number,
): DelayBufferRules {
  const blocks = (seconds: number): number => Math.max(1, Math.floor((seconds * 1_000) / slotMs))
  return { threshold: blocks(thresholdSeconds), max: blocks(maxSeconds), replenishBps }
}

/** A buffer before any transaction was read: full. */
export function fullBuffer({ max }: DelayBufferRules): DelayBuffer {
  return { blocks: max, forcedIn: 0, readIn: 0 }
}

/**
 * What is left for a transaction that a block takes: the delay of the one before counts by now, but for no more than has passed
 * between the two, so that many which waited for the same outage use it up once.
 *
 * @example
 * // A day's wait with a threshold of half an hour: 7,050 blocks, of which the 600 between the two transactions count.
 * bufferAt({ blocks: 14_400, forcedIn: 0, readIn: 7_200 }, 600, rules) // 14_400 + 30 − 600 = 13_830
 */
export function bufferAt(
  { blocks, forcedIn, readIn }: DelayBuffer,
  block: number,
  { threshold, max, replenishBps }: DelayBufferRules,
): number {
  const elapsed = Math.max(0, block - forcedIn)
  const delay = Math.max(0, readIn - forcedIn)
  const replenished = blocks + Math.floor((elapsed * replenishBps) / BASIS)
  const unexpected = Math.min(Math.max(0, delay - threshold), elapsed)
  return Math.min(Math.max(replenished - unexpected, threshold), max)
}

/** The transaction that a block had taken is read, or let in by force, in another. */
export function afterReading(
  buffer: DelayBuffer,
  forcedIn: number,
  readIn: number,
  rules: DelayBufferRules,
): DelayBuffer {
  return { blocks: bufferAt(buffer, forcedIn, rules), forcedIn, readIn }
}
