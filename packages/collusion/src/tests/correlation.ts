/**
 * Whether what two bidders leave unexplained moves together: Pearson's r, made normal by R. A. Fisher's
 * transformation, Z = artanh(r)·√(N − 3) ("On the 'probable error' of a coefficient of correlation", Metron 1, 1921).
 */
import { ln } from '@solvent/primitives'
import { meanOf } from '../statistics/moments.ts'
import { normalTwoSided } from '../statistics/tail-probabilities.ts'

export interface CorrelationTest {
  readonly i: number
  readonly j: number
  /** Tenders in which both bid. */
  readonly N: number
  /** Null below five, or when one of the two never moves. */
  readonly r: number | null
  readonly fisher_z: number | null
  readonly Z: number | null
  readonly p: number | null
}

const FEWEST = 5
/** Two who always bid alike correlate at exactly 1, whose Z would be infinite. */
const NEARLY_ONE = 1 - Number.EPSILON

export function correlationTest(
  pair: { readonly i: number; readonly j: number },
  left: readonly number[],
  right: readonly number[],
): CorrelationTest {
  const N = left.length
  const r = N < FEWEST ? null : correlationOf(left, right)
  if (r === null) return { ...pair, N, r: null, fisher_z: null, Z: null, p: null }
  const bounded = Math.max(-NEARLY_ONE, Math.min(NEARLY_ONE, r))
  const fisher_z = 0.5 * ln((1 + bounded) / (1 - bounded))
  const Z = fisher_z * Math.sqrt(N - 3)
  return { ...pair, N, r, fisher_z, Z, p: normalTwoSided(Z) }
}

function correlationOf(left: readonly number[], right: readonly number[]): number | null {
  const [meanLeft, meanRight] = [meanOf(left), meanOf(right)]
  let [product, squaresLeft, squaresRight] = [0, 0, 0]
  for (let at = 0; at < left.length; at++) {
    const [x, y] = [left[at]! - meanLeft, right[at]! - meanRight]
    product += x * y
    squaresLeft += x * x
    squaresRight += y * y
  }
  const scale = Math.sqrt(squaresLeft * squaresRight)
  return scale === 0 ? null : Math.max(-1, Math.min(1, product / scale))
}
