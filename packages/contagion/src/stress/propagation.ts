// How far stress has spread when nothing moves any more.
import type { SparseMatrix } from '../network/sparse-matrix.ts'

export interface Propagation {
  /** Length n, uncapped stress in the end. */
  readonly stress: Float64Array
  /** Sweeps (linear) or steps (single-hit) until nothing moved. */
  readonly rounds: number
  /** Largest |min(1, h) − min(1, h0 + W·min(1, h))|; 0 for single-hit, which ends by itself. */
  readonly residual: number
}

/** What a node passes on: no more than all of its buffer. */
export function capped(shock: Float64Array): Float64Array {
  const level = new Float64Array(shock.length)
  for (let node = 0; node < shock.length; node++) level[node] = shock[node]! > 1 ? 1 : shock[node]!
  return level
}

/**
 * What a row of impacts takes from the levels of its columns, from place `at` to before `end`.
 *
 * Two sums, since one addition after the other would wait for the one before.
 */
export function gathered(
  { columnOf, amounts }: Pick<SparseMatrix, 'columnOf' | 'amounts'>,
  level: Float64Array,
  at: number,
  end: number,
): number {
  let [first, second] = [0, 0]
  for (; at + 1 < end; at += 2) {
    first += amounts[at]! * level[columnOf[at]!]!
    second += amounts[at + 1]! * level[columnOf[at + 1]!]!
  }
  if (at < end) first += amounts[at]! * level[columnOf[at]!]!
  return first + second
}

/** The uncapped stress that levels at rest imply; the residual is what another sweep would still move. */
export function outcomeOf(
  impactOn: SparseMatrix,
  shock: Float64Array,
  level: Float64Array,
  rounds: number,
): Propagation {
  const { rows, offsets } = impactOn
  const stress = new Float64Array(rows)
  let residual = 0
  for (let node = 0; node < rows; node++) {
    const reached = level[node]!
    const implied = shock[node]! + gathered(impactOn, level, offsets[node]!, offsets[node + 1]!)
    const open = Math.abs((implied > 1 ? 1 : implied) - reached)
    if (open > residual) residual = open
    stress[node] = reached < 1 ? reached : implied > 1 ? implied : 1
  }
  return { stress, rounds, residual }
}
