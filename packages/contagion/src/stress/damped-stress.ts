/**
 * Linear DebtRank where the spectral radius is known to be below 1: h = min(1, h0 + W·min(1, h)) then has one solution
 * only, sweeps reach it from anywhere, and may be helped along without care for the side from which they come.
 */
import { largestOf } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import type { StressSystem } from './stress-system.ts'

/** The error that is left, at most, as a share of the largest shock. */
const ERROR = 1e-12
const SMALLEST_STEP = 1e-15
export const MAX_SWEEPS = 600

/** Sweeps between two leaps: what a leap leaves, and what it adds where nodes have failed, dies out between them. */
export const LEAP_EVERY = 3
/** A part of the error that shrinks more slowly than this is no estimate to leap by. */
const SLOWEST = 0.9999

/**
 * Moves the levels to rest.
 *
 * @param level length n, the shock with at most 1; holds the solution in the end
 * @returns the number of sweeps; null, and levels of no use, when 600 are not enough
 */
export function dampedStress(
  { impactOn, gainBound, slowMode }: Pick<StressSystem, 'impactOn' | 'gainBound' | 'slowMode'>,
  shock: Float64Array,
  level: Float64Array,
): number | null {
  const step = restStep(gainBound, largestOf(level))
  const leaps = new Leaps()
  const before = new Float64Array(level.length)
  let lastInMoves = 0
  for (let sweeps = 1; sweeps <= MAX_SWEEPS; sweeps++) {
    const isMeasured = sweeps % LEAP_EVERY !== 1
    if (isMeasured) before.set(level)
    const largest = sweep(impactOn, shock, level)
    if (largest <= step) return sweeps
    if (!isMeasured) continue
    const inMoves = inMovesOf(slowMode.measure, before, level)
    if (leaps.isDue(sweeps, largest))
      leap(level, shock, slowMode.mode, inMoves * stillToCome(inMoves / lastInMoves))
    lastInMoves = inMoves
  }
  return null
}

/**
 * One Gauss–Seidel sweep; the largest move. Nothing else is reckoned here: one more sum in the loop doubles its time, and a call of
 * `gathered` for each node, which says the same, costs a third more.
 */
function sweep(
  { rows, offsets, columnOf, amounts }: SparseMatrix,
  shock: Float64Array,
  level: Float64Array,
): number {
  if (amounts.length === 0) return 0
  // Arrays that were read before a loop are not looked up again in it for every row.
  let largest = 0 * (shock[0]! + level[0]! + amounts[0]! + columnOf[0]! + offsets[0]!)
  let at = 0
  for (let node = 0; node < rows; node++) {
    // Two sums, since one addition after the other would wait for the one before.
    let implied = shock[node]!
    let second = 0
    const end = offsets[node + 1]!
    for (; at + 1 < end; at += 2) {
      implied += amounts[at]! * level[columnOf[at]!]!
      second += amounts[at + 1]! * level[columnOf[at + 1]!]!
    }
    if (at < end) {
      implied += amounts[at]! * level[columnOf[at]!]!
      at++
    }
    implied += second
    if (implied > 1) implied = 1
    const move = Math.abs(implied - level[node]!)
    level[node] = implied
    if (move > largest) largest = move
  }
  return largest
}

/** How much of the slow mode is in the moves of a sweep. */
function inMovesOf(measure: Float64Array, before: Float64Array, after: Float64Array): number {
  let sum = 0
  for (let node = 0; node < measure.length; node++) sum += measure[node]! * (after[node]! - before[node]!)
  return sum
}

/**
 * Moves no larger than this leave an error of at most {@link ERROR}: after a sweep a node lacks no more than the gain times the
 * moves of those behind it, and the error is at most 1/(1 − gain) times what is lacking (both in the norm of the gain's bound).
 */
export function restStep(gain: number, largestShock: number): number {
  const share = (ERROR * (1 - gain)) / Math.max(gain, 0.1)
  return Math.max(SMALLEST_STEP, share) * Math.min(1, largestShock)
}

/** Aitken's step: when moves shrink by the share q each, q/(1 − q) of the last are still to come; 0 when q says nothing. */
export function stillToCome(share: number): number {
  return share > 0 && share < SLOWEST ? share / (1 - share) : 0
}

/** Leaps end for good when moves have not become smaller since the last: sweeps alone always arrive. */
export class Leaps {
  #largest = Number.POSITIVE_INFINITY
  #isOver = false

  isDue(sweeps: number, largest: number): boolean {
    if (this.#isOver || sweeps % LEAP_EVERY !== 0) return false
    this.#isOver = largest >= this.#largest
    this.#largest = largest
    return !this.#isOver
  }
}

/** Adds the mode, as much as is to come; who has failed stays so. */
function leap(level: Float64Array, shock: Float64Array, mode: Float64Array, amount: number): void {
  if (amount === 0) return
  for (let node = 0; node < level.length; node++) {
    const before = level[node]!
    if (before === 1) continue
    const reached = before + amount * mode[node]!
    level[node] = reached > 1 ? 1 : reached < shock[node]! ? shock[node]! : reached
  }
}
