// Means, medians and standard deviations of lists; sums run from the first item to the last.

/** NaN for an empty list. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]!
  return sum / values.length
}

/** With n − 1 in the denominator; NaN below two values. */
export function standardDeviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values)
  let squares = 0
  for (let at = 0; at < values.length; at++) squares += (values[at]! - mean) * (values[at]! - mean)
  return Math.sqrt(squares / (values.length - 1))
}

/** The middle value, or the mean of the two in the middle; NaN for an empty list. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = sortedOf(values)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** A copy in ascending order; NaN is not allowed. */
export function sortedOf(values: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(values)
  if (sorted.length > FEW) return sorted.sort((a, b) => a - b)
  for (let at = 1; at < sorted.length; at++) {
    const value = sorted[at]!
    let to = at
    for (; to > 0 && sorted[to - 1]! > value; to--) sorted[to] = sorted[to - 1]!
    sorted[to] = value
  }
  return sorted
}

/** Up to here values are inserted one after the other: less work than a call of the engine's sort. */
const FEW = 24
