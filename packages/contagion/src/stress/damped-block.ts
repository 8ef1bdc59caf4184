/**
 * Linear DebtRank of four shocks side by side, where the spectral radius is below 1: as {@link dampedStress}, with the levels of a node next
 * to each other, so that an entry of the matrix and the place of its column are read once for all four.
 */
import { largestOf } from '../network/checked-vector.ts'
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import { LEAP_EVERY, Leaps, MAX_SWEEPS, restStep, stillToCome } from './damped-stress.ts'
import type { Propagation } from './propagation.ts'
import type { StressSystem } from './stress-system.ts'

/** Shocks in a block. */
export const BLOCK = 4

/** Levels of a block: of node i and shock k at 4 i + k. */
interface Sweep {
  /** Largest move by shock. */
  readonly largest: Float64Array
  /** How much of the slow mode was in the moves, by shock. */
  readonly inMoves: Float64Array
}

/**
 * Moves four shocks to rest.
 *
 * @param shocks four of length n, ≥ 0
 * @returns one outcome a shock, null where 600 sweeps are not enough
 */
export function dampedBlock(system: StressSystem, shocks: readonly Float64Array[]): (Propagation | null)[] {
  const { impactOn, gainBound, slowMode } = system
  const n = impactOn.rows
  const shock = interleaved(shocks, n)
  const level = shock.map((given) => (given > 1 ? 1 : given))
  const steps = shocks.map((each) => restStep(gainBound, Math.min(1, largestOf(each))))
  const leaps = shocks.map(() => new Leaps())
  const restedAt = shocks.map(() => 0)
  const last = new Float64Array(BLOCK)
  const moved: Sweep = { largest: new Float64Array(BLOCK), inMoves: new Float64Array(BLOCK) }
  for (let sweeps = 1; sweeps <= MAX_SWEEPS && restedAt.includes(0); sweeps++) {
    sweep(impactOn, { shock, level, measure: slowMode.measure }, moved)
    for (let k = 0; k < BLOCK; k++) {
      const inMoves = moved.inMoves[k]!
      if (restedAt[k] === 0 && moved.largest[k]! <= steps[k]!) restedAt[k] = sweeps
      if (restedAt[k] === 0 && leaps[k]!.isDue(sweeps, moved.largest[k]!))
        leap(slowMode.mode, inMoves * stillToCome(inMoves / last[k]!), { shock, level, k })
      last[k] = sweeps % LEAP_EVERY === 1 ? 0 : inMoves
    }
  }
  return outcomes(impactOn, { shock, level }).map(({ stress, residual }, k) =>
    restedAt[k] === 0 ? null : { stress, residual, rounds: restedAt[k]! },
  )
}

function interleaved(shocks: readonly Float64Array[], n: number): Float64Array {
  const side = new Float64Array(BLOCK * n)
  shocks.forEach((shock, k) => {
    for (let node = 0; node < n; node++) side[BLOCK * node + k] = shock[node]!
  })
  return side
}

/** One Gauss–Seidel sweep over all four. Written out: lists and loops of four inside would take more time than the sweep. */
function sweep(
  { rows, offsets, columnOf, amounts }: SparseMatrix,
  {
    shock,
    level,
    measure,
  }: { readonly shock: Float64Array; level: Float64Array; readonly measure: Float64Array },
  moved: Sweep,
): void {
  let most0 = 0 * (shock[0]! + level[0]! + amounts[0]! + columnOf[0]! + offsets[0]! + measure[0]!)
  let most1 = 0
  let most2 = 0
  let most3 = 0
  let mode0 = 0
  let mode1 = 0
  let mode2 = 0
  let mode3 = 0
  let at = 0
  for (let node = 0; node < rows; node++) {
    const own = node << 2
    let implied0 = shock[own]!
    let implied1 = shock[own | 1]!
    let implied2 = shock[own | 2]!
    let implied3 = shock[own | 3]!
    const end = offsets[node + 1]!
    for (; at < end; at++) {
      const amount = amounts[at]!
      const from = columnOf[at]! << 2
      implied0 += amount * level[from]!
      implied1 += amount * level[from | 1]!
      implied2 += amount * level[from | 2]!
      implied3 += amount * level[from | 3]!
    }
    if (implied0 > 1) implied0 = 1
    if (implied1 > 1) implied1 = 1
    if (implied2 > 1) implied2 = 1
    if (implied3 > 1) implied3 = 1
    const move0 = implied0 - level[own]!
    const move1 = implied1 - level[own | 1]!
    const move2 = implied2 - level[own | 2]!
    const move3 = implied3 - level[own | 3]!
    level[own] = implied0
    level[own | 1] = implied1
    level[own | 2] = implied2
    level[own | 3] = implied3
    const part = measure[node]!
    mode0 += part * move0
    mode1 += part * move1
    mode2 += part * move2
    mode3 += part * move3
    const size0 = Math.abs(move0)
    const size1 = Math.abs(move1)
    const size2 = Math.abs(move2)
    const size3 = Math.abs(move3)
    if (size0 > most0) most0 = size0
    if (size1 > most1) most1 = size1
    if (size2 > most2) most2 = size2
    if (size3 > most3) most3 = size3
  }
  moved.largest.set([most0, most1, most2, most3])
  moved.inMoves.set([mode0, mode1, mode2, mode3])
}

/** Adds the mode to one of the shocks, as much as is to come; who has failed stays so. */
function leap(
  mode: Float64Array,
  amount: number,
  { shock, level, k }: { readonly shock: Float64Array; level: Float64Array; readonly k: number },
): void {
  if (amount === 0) return
  for (let node = 0, at = k; node < mode.length; node++, at += BLOCK) {
    const before = level[at]!
    if (before === 1) continue
    const reached = before + amount * mode[node]!
    level[at] = reached > 1 ? 1 : reached < shock[at]! ? shock[at]! : reached
  }
}

/** The uncapped stress that levels at rest imply, and what another sweep would still move. */
function outcomes(
  { rows, offsets, columnOf, amounts }: SparseMatrix,
  { shock, level }: { readonly shock: Float64Array; readonly level: Float64Array },
): { readonly stress: Float64Array; readonly residual: number }[] {
  const implied = shock.slice()
  for (let node = 0; node < rows; node++) {
    const own = node << 2
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const amount = amounts[at]!
      const from = columnOf[at]! << 2
      implied[own]! += amount * level[from]!
      implied[own | 1]! += amount * level[from | 1]!
      implied[own | 2]! += amount * level[from | 2]!
      implied[own | 3]! += amount * level[from | 3]!
    }
  }
  return Array.from({ length: BLOCK }, (_, k) => outcome(implied, level, { rows, k }))
}

function outcome(
  implied: Float64Array,
  level: Float64Array,
  { rows, k }: { readonly rows: number; readonly k: number },
): { readonly stress: Float64Array; readonly residual: number } {
  const stress = new Float64Array(rows)
  let residual = 0
  for (let node = 0, at = k; node < rows; node++, at += BLOCK) {
    const reached = level[at]!
    const meant = implied[at]!
    const open = Math.abs((meant > 1 ? 1 : meant) - reached)
    if (open > residual) residual = open
    stress[node] = reached < 1 ? reached : meant > 1 ? meant : 1
  }
  return { stress, residual }
}
