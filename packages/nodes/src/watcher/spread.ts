// How durations are spread.

/** Seconds, over some cases. */
export interface Spread {
  readonly min: number
  /** The middle one; the lower of two. */
  readonly median: number
  readonly max: number
}

/** Null when there are none. */
export function spreadOf(seconds: readonly number[]): Spread | null {
  const sorted = [...seconds].sort((a, b) => a - b)
  const [min, max] = [sorted[0], sorted.at(-1)]
  const median = sorted[(sorted.length - 1) >> 1]
  return min === undefined || median === undefined || max === undefined ? null : { min, median, max }
}
