// Sizes of the members of a population: log-normal, as deposits and loans are, and together exactly a total.
import { exp } from '@solvent/primitives'
import type { Draws } from './draws.ts'

/** Weights keep so many parts of the largest: fifteen digits, whole numbers of a float64. */
const PARTS = 1_000_000_000_000_000

/**
 * Divides a total among members by log-normal weights.
 *
 * @param sigma of the logarithm: 0 gives equal parts; at 1.5 the largest fifth of the members has three quarters
 * @returns base units, none negative; what rounding leaves is the largest member's
 */
export function drawSizes(
  { total, count, sigma }: { readonly total: bigint; readonly count: number; readonly sigma: number },
  stream: Draws,
): bigint[] {
  const weights = Array.from({ length: count }, () => exp(sigma * stream.normal(0, 1)))
  const most = weights.reduce((high, weight) => (weight > high ? weight : high), 0)
  const parts = weights.map((weight) => BigInt(Math.floor((weight / most) * PARTS)))
  const sum = parts.reduce((all, part) => all + part, 0n)
  if (sum === 0n) return []
  const sizes = parts.map((part) => (total * part) / sum)
  const given = sizes.reduce((all, size) => all + size, 0n)
  const largest = parts.indexOf(BigInt(PARTS))
  sizes[largest] = (sizes[largest] ?? 0n) + total - given
  return sizes
}
