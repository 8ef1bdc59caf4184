/**
 * Linear DebtRank where the spectral radius is known to be below 1: h = min(1, h0 + W·min(1, h)) then has one solution
 * only, sweeps reach it from anywhere, and may be helped along without care for the side from which they come.
 */
import { largestOf } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'

/** The error that is left, at most, as a share of the largest shock. */
const ERROR = 5e-13
const SMALLEST_STEP = 1e-15
export const MAX_SWEEPS = 600
/** Sweeps between two leaps: between them all but the slowest part of the error dies out. */
export const LEAP_EVERY = 5
/** A part of the error that shrinks more slowly than this is no estimate to leap by. */
const SLOWEST = 0.9999

/**
 * Moves the levels to rest.
 *
 * @param impactOn W by lender
 * @param gain an upper bound of the spectral radius of W, below 1
 * @param level length n, the shock with at most 1; holds the solution in the end
 * @returns the number of sweeps; null, and levels of no use, when 600 are not enough
 */
export function dampedStress(
  impactOn: SparseMatrix,
  gain: number,
  shock: Float64Array,
  level: Float64Array,
): number | null {
  const { offsets, columnOf, amounts } = impactOn
  const n = level.length
  const moves = new Float64Array(n)
  const step = restStep(gain, level)
  let lastSum = 0
  for (let sweeps = 1; sweeps <= MAX_SWEEPS; sweeps++) {
    let largest = 0
    let sum = 0
    let at = 0
    for (let node = 0; node < n; node++) {
      let implied = shock[node]!
      const end = offsets[node + 1]!
      for (; at < end; at++) implied += amounts[at]! * level[columnOf[at]!]!
      if (implied > 1) implied = 1
      const move = implied - level[node]!
      level[node] = implied
      moves[node] = move
      sum += move
      if (move > largest) largest = move
      else if (-move > largest) largest = -move
    }
    if (largest <= step) return sweeps
    if (sweeps % LEAP_EVERY === 0) leap(shock, level, moves, sum / lastSum)
    lastSum = sum
  }
  return null
}

/** Levels that move by no more than this are at rest. */
export function restStep(gain: number, shock: Float64Array): number {
  return Math.max(SMALLEST_STEP, ERROR * (1 - gain)) * Math.min(1, largestOf(shock))
}

/** Aitken's step: when moves shrink by the share q each, q/(1 − q) of the last are still to come; 0 when q says nothing. */
export function stillToCome(share: number): number {
  return share > 0 && share < SLOWEST ? share / (1 - share) : 0
}

function leap(shock: Float64Array, level: Float64Array, moves: Float64Array, share: number): void {
  const factor = stillToCome(share)
  if (factor === 0) return
  for (let node = 0; node < level.length; node++) {
    if (moves[node] === 0) continue
    const reached = level[node]! + factor * moves[node]!
    level[node] = Math.min(1, Math.max(reached, shock[node]!))
  }
}
