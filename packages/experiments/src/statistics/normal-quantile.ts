// The standard normal's quantiles, by halving: as exact as the distribution function.
import { normalBelow } from '@solvent/primitives'

const known = new Map<number, number>()
/** Bootstrap intervals ask for many; the common ones stay. */
const MOST_KNOWN = 10_000

/** The x with Φ(x) = p, for p between 0 and 1. @example normalQuantile(0.975).toFixed(6) // '1.959964' */
export function normalQuantile(p: number): number {
  let x = known.get(p)
  if (x === undefined) {
    x = p < 0.5 ? -search(1 - p) : search(p)
    if (known.size < MOST_KNOWN) known.set(p, x)
  }
  return x
}

function search(p: number): number {
  let [low, high] = [0, 40]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (normalBelow(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
