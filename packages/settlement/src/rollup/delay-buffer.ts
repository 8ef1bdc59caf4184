// The delay buffer of Arbitrum's sequencer inbox (BoLD): how long a sequencer may still keep forced transactions waiting. Good service
// fills it, delays that are longer than the threshold use it up, and when it is below the forced delay, force inclusion comes
// sooner. Source: OffchainLabs/nitro-contracts, src/bridge/DelayBuffer.sol (calcBuffer, update), and SequencerInbox.sol
// (forceInclusionDeadline: created + min(buffer, delay)). There in L1 blocks, here in seconds; rates in basis points.
import type { DelayBufferSpec } from '@solvent/protocol'

/** Unix seconds, but for the buffer itself. */
export interface DelayBuffer {
  readonly bufferSeconds: number
  /** When the oldest transaction of the last update had been forced. */
  readonly forcedAt: number
  /** When the batch that read it came to the L1. */
  readonly readAt: number
}

const BASIS = 10_000

/** A buffer before any transaction was read: full. */
export function fullBuffer({ maxSeconds }: DelayBufferSpec): DelayBuffer {
  return { bufferSeconds: maxSeconds, forcedAt: 0, readAt: 0 }
}

/**
 * What is left for a transaction that is forced at a time, Unix seconds: the delay of the one before counts by now, but for no more
 * than has passed between the two, so that many which waited for the same outage use it up once.
 *
 * @example
 * // A day's wait with a threshold of half an hour: 23.5 h, of which the two hours between the two transactions count.
 * bufferAt({ bufferSeconds: 172_800, forcedAt: 0, readAt: 86_400 }, 7_200, spec) // 172_800 + 360 − 7_200 = 165_960
 */
export function bufferAt(
  { bufferSeconds, forcedAt, readAt }: DelayBuffer,
  at: number,
  { thresholdSeconds, maxSeconds, replenishBps }: DelayBufferSpec,
): number {
  const elapsed = Math.max(0, at - forcedAt)
  const delay = Math.max(0, readAt - forcedAt)
  const replenished = bufferSeconds + Math.floor((elapsed * replenishBps) / BASIS)
  const unexpected = Math.min(Math.max(0, delay - thresholdSeconds), elapsed)
  return Math.min(Math.max(replenished - unexpected, thresholdSeconds), maxSeconds)
}

/** A batch reads transactions, of which the oldest had been forced at `forcedAt`. */
export function afterReading(
  buffer: DelayBuffer,
  forcedAt: number,
  now: number,
  spec: DelayBufferSpec,
): DelayBuffer {
  return { bufferSeconds: bufferAt(buffer, forcedAt, spec), forcedAt, readAt: now }
}
