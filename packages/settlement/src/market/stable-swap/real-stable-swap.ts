// StableSwap of two coins on real numbers: 4A·S + D = 4A·D + D³/(4xy). Source: Egorov, StableSwap (2019), with n = 2. The
// trap: contracts store A·n^(n−1), so a contract's A of 50 for two coins is 25 here. Reference cases amm-stable-01.
import { sqrt } from '@solvent/primitives'

export interface RealStableSwapInput {
  /** The paper's A; half of what a contract for two coins stores. */
  readonly A: number
  readonly reserveIn: number
  readonly reserveOut: number
  readonly amountIn: number
  /** 0 to 1, of the output. */
  readonly fee: number
}

export interface RealStableSwap {
  readonly D: number
  /** Out per in, before the fee. */
  readonly spotBefore: number
  readonly amountOut: number
  /** At the new balances with D as it was. */
  readonly spotAfterFeeFree: number
}

/** One swap against balances that satisfy the invariant. */
export function realStableSwap(input: RealStableSwapInput): RealStableSwap {
  const { A, reserveIn: x, reserveOut: y } = input
  const D = realInvariant(A, x, y)
  const xAfter = x + input.amountIn
  const yAfter = otherBalance(A, D, xAfter)
  return {
    D,
    spotBefore: spot(A, D, x, y),
    amountOut: (y - yAfter) * (1 - input.fee),
    spotAfterFeeFree: spot(A, D, xAfter, yAfter),
  }
}

/**
 * D of D³/(4xy) + (4A − 1)·D = 4A·S. The left side is convex and D = S is at or above its root (x·y ≤ S²/4), so Newton's
 * iteration from there falls until it can fall no more.
 */
function realInvariant(A: number, x: number, y: number): number {
  const sum = x + y
  const cubic = 1 / (4 * x * y)
  let D = sum
  for (;;) {
    const excess = D * D * D * cubic + (4 * A - 1) * D - 4 * A * sum
    const next = D - excess / (3 * D * D * cubic + 4 * A - 1)
    if (!(next < D)) return D
    D = next
  }
}

/** The positive root of y² + b·y = c, in the form that does not cancel. */
function otherBalance(A: number, D: number, x: number): number {
  const b = x + D / (4 * A) - D
  const c = (D * D * D) / (16 * A * x)
  const root = sqrt(b * b + 4 * c)
  return b > 0 ? (2 * c) / (b + root) : (root - b) / 2
}

function spot(A: number, D: number, x: number, y: number): number {
  const cubed = D * D * D
  return (4 * A + cubed / (4 * x * x * y)) / (4 * A + cubed / (4 * x * y * y))
}
