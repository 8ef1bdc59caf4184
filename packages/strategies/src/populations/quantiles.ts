// Draws from a distribution that a file gives by its quantiles: straight lines between them.
import type { Draws } from './draws.ts'

/** `share` of the population has at most `value`; shares from 0 to 1, both growing. */
export interface Quantile {
  readonly share: number
  readonly value: number
}

/**
 * The value that this share of the population has at most.
 *
 * @param quantiles at least one, in order of share
 * @example quantileAt([{ share: 0, value: 1 }, { share: 1, value: 3 }], 0.25) // 1.5
 */
export function quantileAt(quantiles: readonly Quantile[], share: number): number {
  const after = quantiles.findIndex((each) => each.share >= share)
  const to = quantiles[after] ?? quantiles.at(-1)
  const from = quantiles[after - 1]
  if (to === undefined) throw new Error('A distribution without quantiles.')
  if (from === undefined || after < 0 || to.share === from.share) return to.value
  return from.value + ((to.value - from.value) * (share - from.share)) / (to.share - from.share)
}

/**
 * One value for each of `count` members: one from every equal slice of the distribution, in random order, so that also a small
 * population has the quantiles that it was given.
 */
export function drawQuantiles(quantiles: readonly Quantile[], count: number, stream: Draws): number[] {
  const slices = Array.from({ length: count }, (_, slice) => (slice + stream.uniform()) / count)
  return stream.shuffle(slices).map((share) => quantileAt(quantiles, share))
}
