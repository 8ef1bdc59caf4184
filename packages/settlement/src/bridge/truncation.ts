// Decimals that survive a crossing (L-8). Source: Wormhole token bridge (whitepaper 0003): amounts are normalised to
// at most 8 decimals and the rest stays with the sender. A destination with fewer decimals lowers the limit further,
// so that nothing is rounded on arrival.
import { wholeUnit } from '@solvent/primitives'

/** Decimals of the two tokens and of the bridge between them. */
export interface CrossingDecimals {
  readonly source: number
  readonly destination: number
  readonly shared: number
}

/** `sent` + `dust` = the amount given, in source base units; `divisor` is the smallest amount that can cross. */
export interface Truncation {
  readonly sent: bigint
  readonly dust: bigint
  readonly divisor: bigint
  /** What `sent` is in destination base units, exactly. */
  readonly received: bigint
}

/**
 * Splits an amount into what crosses and what goes back to the sender.
 *
 * @param amount source base units, not negative
 * @example truncate(1_234_567_890_123_456_789n, { source: 18, destination: 18, shared: 8 }).dust // 123_456_789n
 */
export function truncate(amount: bigint, decimals: CrossingDecimals): Truncation {
  const kept = Math.min(decimals.source, decimals.destination, decimals.shared)
  const divisor = wholeUnit(decimals.source - kept)
  const units = amount / divisor
  const sent = units * divisor
  return { sent, dust: amount - sent, divisor, received: units * wholeUnit(decimals.destination - kept) }
}
