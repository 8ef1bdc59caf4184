// Wright's omega function: the x > 0 with x + ln x = l. Equal to Lambert's W(e^l), without the overflow of e^l.
// Corless and Jeffrey, "The Wright ω function", AISC 2002.
import { exp, ln } from '@solvent/primitives'

const MOST_STEPS = 100

/**
 * @example omega(1) // 1
 */
export function omega(l: number): number {
  // x + ln x is concave and increasing, so that from below the root Newton's steps stay below it and rise to it.
  let x = l > 1 ? 1 : exp(l - 1)
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = (x * (1 + l - ln(x))) / (1 + x)
    if (!(next > x)) return x
    x = next
  }
  return x
}
