// A figure of several sessions: its mean, how sure it is, how far it spreads.

export interface Figure {
  readonly mean: number
  /** Standard deviation of the sessions (n − 1); null for one session. */
  readonly sd: number | null
  /** The mean ± 1.96 standard errors; null for one session. */
  readonly interval: readonly [number, number] | null
  readonly quantiles: { readonly p5: number; readonly p50: number; readonly p95: number }
}

export function figureOf(values: readonly number[]): Figure {
  const mean = meanOf(values)
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? mean
  const quantiles = { p5: at(0.05), p50: at(0.5), p95: at(0.95) }
  if (values.length < 2) return { mean, sd: null, interval: null, quantiles }
  const sd = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1),
  )
  const reach = (1.96 * sd) / Math.sqrt(values.length)
  return { mean, sd, interval: [mean - reach, mean + reach], quantiles }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
