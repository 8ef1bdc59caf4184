/**
 * The slowest part of the error of Gauss–Seidel sweeps, and how much of it a sweep's moves hold: what a leap takes away in one
 * step, where sweeps alone would take many.
 *
 * A sweep multiplies the error by M = (I − L)⁻¹U, with L and U the parts of W below and above its diagonal. Its largest
 * eigenvalue is positive, with vectors of one sign on both sides (Stein, Rosenberg 1948, J London Math Soc 23:111); the one on the left
 * measures a mode whatever else is in the error (Wilkinson 1965, The Algebraic Eigenvalue Problem, §9.23, deflation).
 */
import type { SparseMatrix } from '../network/sparse-matrix.ts'

export interface SlowMode {
  /** Length n, ≥ 0, largest 1: the mode. Near it is enough: what is left of the error, sweeps take. */
  readonly mode: Float64Array
  /** Length n, ≥ 0: its product with moves says how much of the mode is in them; all 0 where no cycle keeps a mode alive. */
  readonly measure: Float64Array
}

const PASSES = 8

/** Approximates the mode by power iteration from both sides, 16 sweeps in all. */
export function slowMode(matrix: SparseMatrix): SlowMode {
  const n = matrix.rows
  const mode = new Float64Array(n).fill(1)
  const measure = new Float64Array(n).fill(1)
  const pulled = new Float64Array(n)
  for (let pass = 0; pass < PASSES; pass++) {
    sweep(matrix, mode)
    scale(mode)
    sweepBack(matrix, measure, pulled)
    scale(measure)
  }
  let product = 0
  for (let node = 0; node < n; node++) product += mode[node]! * measure[node]!
  // Hardly any overlap: the two belong to different cycles, and measure nothing of each other.
  const factor = product > LEAST_OVERLAP ? 1 / product : 0
  for (let node = 0; node < n; node++) measure[node]! *= factor
  return { mode, measure }
}

const LEAST_OVERLAP = 1e-3

function sweep({ rows, offsets, columnOf, amounts }: SparseMatrix, vector: Float64Array): void {
  for (let node = 0; node < rows; node++) {
    let sum = 0
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) sum += amounts[at]! * vector[columnOf[at]!]!
    vector[node] = sum
  }
}

/** One pass of the transposed sweep, Uᵀ(I − Lᵀ)⁻¹. */
function sweepBack(
  { rows, offsets, columnOf, amounts }: SparseMatrix,
  vector: Float64Array,
  pulled: Float64Array,
): void {
  pulled.fill(0)
  for (let node = rows - 1; node >= 0; node--) {
    const value = vector[node]!
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const column = columnOf[at]!
      if (column < node) vector[column]! += amounts[at]! * value
      else pulled[column]! += amounts[at]! * value
    }
  }
  vector.set(pulled)
}

function scale(vector: Float64Array): void {
  let largest = 0
  for (const value of vector) if (value > largest) largest = value
  if (largest === 0) return
  for (let node = 0; node < vector.length; node++) vector[node]! /= largest
}
