/**
 * {@link dampedStress} for four shocks side by side: the four levels of a node lie next to each other, so that a pass over
 * the network's entries serves all of them. About half the time of four passes.
 */
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import { LEAP_EVERY, MAX_SWEEPS, restStep, stillToCome } from './damped-stress.ts'
import type { Propagation } from './linear-stress.ts'

/** Shocks that run side by side. */
export const LANES = 4

/**
 * The stress of up to four shocks.
 *
 * @param gain an upper bound of the spectral radius of W, below 1
 * @param shocks 1 to 4 vectors of length n, ≥ 0
 * @returns one outcome for each shock; null when 600 sweeps are not enough
 */
export function dampedLanes(
  impactOn: SparseMatrix,
  gain: number,
  shocks: readonly Float64Array[],
): Propagation[] | null {
  const n = impactOn.rows
  const shock = new Float64Array(n * LANES)
  shocks.forEach((values, lane) => {
    for (let node = 0; node < n; node++) shock[node * LANES + lane] = values[node]!
  })
  const state: Lanes = {
    shock,
    level: shock.map((initial) => Math.min(1, initial)),
    moves: new Float64Array(n * LANES),
    sums: new Float64Array(LANES),
  }
  const step = Math.min(...shocks.map((values) => restStep(gain, values)))
  let lastSums = new Float64Array(LANES)
  for (let sweeps = 1; sweeps <= MAX_SWEEPS; sweeps++) {
    const largest = sweep(impactOn, state)
    if (largest <= step) return shocks.map((_, lane) => outcomeOf(impactOn, state, lane, sweeps))
    if (sweeps % LEAP_EVERY === 0) leap(state, lastSums)
    lastSums = state.sums.slice()
  }
  return null
}

/** By node, then by lane; sums by lane. */
interface Lanes {
  readonly shock: Float64Array
  readonly level: Float64Array
  readonly moves: Float64Array
  readonly sums: Float64Array
}

/** One Gauss–Seidel sweep of all lanes; the largest move. Written out, since a loop over lanes would cost what it saves. */
function sweep({ offsets, columnOf, amounts }: SparseMatrix, { shock, level, moves, sums }: Lanes): number {
  const n = offsets.length - 1
  let [sum0, sum1, sum2, sum3, largest, at] = [0, 0, 0, 0, 0, 0]
  for (let node = 0; node < n; node++) {
    const own = LANES * node
    let implied0 = shock[own]!
    let implied1 = shock[own + 1]!
    let implied2 = shock[own + 2]!
    let implied3 = shock[own + 3]!
    const end = offsets[node + 1]!
    for (; at < end; at++) {
      const amount = amounts[at]!
      const from = LANES * columnOf[at]!
      implied0 += amount * level[from]!
      implied1 += amount * level[from + 1]!
      implied2 += amount * level[from + 2]!
      implied3 += amount * level[from + 3]!
    }
    const move0 = Math.min(1, implied0) - level[own]!
    const move1 = Math.min(1, implied1) - level[own + 1]!
    const move2 = Math.min(1, implied2) - level[own + 2]!
    const move3 = Math.min(1, implied3) - level[own + 3]!
    level[own] = Math.min(1, implied0)
    level[own + 1] = Math.min(1, implied1)
    level[own + 2] = Math.min(1, implied2)
    level[own + 3] = Math.min(1, implied3)
    moves[own] = move0
    moves[own + 1] = move1
    moves[own + 2] = move2
    moves[own + 3] = move3
    sum0 += move0
    sum1 += move1
    sum2 += move2
    sum3 += move3
    largest = Math.max(largest, Math.abs(move0), Math.abs(move1), Math.abs(move2), Math.abs(move3))
  }
  sums[0] = sum0
  sums[1] = sum1
  sums[2] = sum2
  sums[3] = sum3
  return largest
}

function leap({ shock, level, moves, sums }: Lanes, lastSums: Float64Array): void {
  const factors = sums.map((sum, lane) => stillToCome(sum / lastSums[lane]!))
  for (let at = 0; at < level.length; at++) {
    const factor = factors[at % LANES]!
    if (moves[at] === 0 || factor === 0) continue
    level[at] = Math.min(1, Math.max(level[at]! + factor * moves[at]!, shock[at]!))
  }
}

function outcomeOf(
  { rows, offsets, columnOf, amounts }: SparseMatrix,
  { shock, level }: Lanes,
  lane: number,
  rounds: number,
): Propagation {
  const stress = new Float64Array(rows)
  let residual = 0
  for (let node = 0; node < rows; node++) {
    const reached = level[node * LANES + lane]!
    let implied = shock[node * LANES + lane]!
    const end = offsets[node + 1]!
    for (let at = offsets[node]!; at < end; at++)
      implied += amounts[at]! * level[columnOf[at]! * LANES + lane]!
    stress[node] = reached < 1 ? reached : Math.max(1, implied)
    residual = Math.max(residual, Math.abs(Math.min(1, implied) - reached))
  }
  return { stress, rounds, residual }
}
