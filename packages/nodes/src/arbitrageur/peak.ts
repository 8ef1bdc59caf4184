// Where a gain that first rises and then falls is greatest: the range is cut in thirds, of which one is dropped each time.

/** Each leaves two thirds of the range. */
const SEARCH_ROUNDS = 120

/** The amount from 0 to `most` with the greatest gain, to a tiny part of the range. */
export function peakOf(gain: (amount: bigint) => bigint, most: bigint): bigint {
  let [low, high] = [0n, most]
  for (let round = 0; round < SEARCH_ROUNDS && high - low > 2n; round++) {
    const third = (high - low) / 3n
    const [left, right] = [low + third, high - third]
    if (gain(left) < gain(right)) low = left + 1n
    else high = right
  }
  return (low + high) / 2n
}
