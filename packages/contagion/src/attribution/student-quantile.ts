/**
 * Quantiles of Student's t distribution: bisection on its distribution function, which for whole degrees of freedom is a finite sum
 * (Abramowitz, Stegun 1964, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
 */
import { checkedNumber } from '../network/checked-vector.ts'

const HALVINGS = 200
const MOST_DEGREES = 1_000_000

/**
 * The value that is not exceeded with a probability.
 *
 * @param probability above 0 and below 1
 * @param degrees of freedom, 1 to 1,000,000, whole; cost grows with them
 * @throws SolventError E_RANGE
 * @example studentQuantile(0.975, 10) // 2.2281…
 */
export function studentQuantile(probability: number, degrees: number): number {
  checkedNumber('probability', probability, Number.MIN_VALUE, 1 - Number.EPSILON)
  checkedNumber('degrees', degrees, 1, MOST_DEGREES)
  if (probability < 0.5) return -studentQuantile(1 - probability, degrees)
  let [low, high] = [0, 1]
  while (within(high, degrees) < 2 * probability - 1 && high < Number.MAX_SAFE_INTEGER) high *= 2
  for (let halving = 0; halving < HALVINGS && high > low; halving++) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (within(middle, degrees) < 2 * probability - 1) low = middle
    else high = middle
  }
  return high
}

/** P(|T| ≤ t). With tan θ = t/√ν, powers of cos θ. */
function within(t: number, degrees: number): number {
  const cosine2 = degrees / (degrees + t * t)
  const sine = t / Math.sqrt(degrees + t * t)
  if (degrees % 2 === 0) return sine * series(1, 1, cosine2, degrees - 2)
  const angle = arcTangent(t / Math.sqrt(degrees))
  const sum = degrees === 1 ? 0 : sine * Math.sqrt(cosine2) * series(1, 2, cosine2, degrees - 3)
  return (2 / Math.PI) * (angle + sum)
}

/** 1 + k/(k+1)·c + k(k+2)/((k+1)(k+3))·c² + …, to the power of `most`/2; k is 1 for even degrees, 2 for odd. */
function series(first: number, k: number, cosine2: number, most: number): number {
  let term = first
  let sum = term
  for (let power = 2; power <= most; power += 2) {
    const numerator = power + k - 2
    term *= (numerator / (numerator + 1)) * cosine2
    sum += term
  }
  return sum
}

/** By halving the angle until the series is short; the same on every machine. */
function arcTangent(x: number): number {
  let [reduced, factor] = [x, 1]
  while (reduced > 0.05) {
    reduced = reduced / (1 + Math.sqrt(1 + reduced * reduced))
    factor *= 2
  }
  const square = reduced * reduced
  let [power, sum] = [reduced, 0]
  for (let odd = 1; odd < 30; odd += 2) {
    sum += (odd % 4 === 1 ? power : -power) / odd
    power *= square
  }
  return factor * sum
}
