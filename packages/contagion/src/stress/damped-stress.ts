/**
 * Linear DebtRank where the spectral radius is known to be below 1: h = min(1, h0 + W·min(1, h)) then has one solution
 * only, sweeps reach it from anywhere, and may be helped along without care for the side from which they come.
 */
import { largestOf } from '../network/checked-vector.ts'
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
  const { offsets, columnOf, amounts } = impactOn
  const { mode, measure } = slowMode
  const n = level.length
  const step = restStep(gainBound, level)
  const leaps = new Leaps()
  let lastInMoves = 0
  for (let sweeps = 1; sweeps <= MAX_SWEEPS; sweeps++) {
    let largest = 0
    let inMoves = 0
    let at = 0
    for (let node = 0; node < n; node++) {
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
      const move = implied - level[node]!
      level[node] = implied
      inMoves += measure[node]! * move
      if (move > largest) largest = move
      else if (-move > largest) largest = -move
    }
    if (largest <= step) return sweeps
    if (leaps.isDue(sweeps, largest)) leap(level, shock, mode, inMoves * stillToCome(inMoves / lastInMoves))
    lastInMoves = inMoves
  }
  return null
}

/**
 * Moves no larger than this leave an error of at most {@link ERROR}: after a sweep a node lacks no more than the gain times the
 * moves of those behind it, and the error is at most 1/(1 − gain) times what is lacking (both in the norm of the gain's bound).
 */
export function restStep(gain: number, shock: Float64Array): number {
  const share = (ERROR * (1 - gain)) / Math.max(gain, 0.1)
  return Math.max(SMALLEST_STEP, share) * Math.min(1, largestOf(shock))
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
export function leap(level: Float64Array, shock: Float64Array, mode: Float64Array, amount: number): void {
  if (amount === 0) return
  for (let node = 0; node < level.length; node++) {
    const before = level[node]!
    if (before === 1) continue
    const reached = before + amount * mode[node]!
    level[node] = reached > 1 ? 1 : reached < shock[node]! ? shock[node]! : reached
  }
}
