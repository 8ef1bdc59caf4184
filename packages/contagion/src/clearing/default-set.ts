/**
 * What the nodes in default pay: p_D = α·e_D + β(Π_DDᵀp_D + Π_SDᵀp̄_S), the linear system of one round.
 *
 * Gauss–Seidel sweeps from the payments of the round before, which lie above the solution, so that they fall to
 * the greatest one also where the system is singular. When sweeps gain too little, and the set is small enough,
 * elimination: I − βΠ_DDᵀ is a column diagonally dominant M-matrix and needs no pivoting.
 */
import { SolventError } from '@solvent/primitives'
import type { SparseMatrix } from '../network/sparse-matrix.ts'

export interface DefaultSet {
  /** n × n, entry (i, j): claim of i on j. */
  readonly claims: SparseMatrix
  readonly externalAssets: Float64Array
  readonly totalNominal: Float64Array
  readonly alpha: number
  readonly beta: number
  /** Nodes in default, in order of their round, then ascending. */
  readonly members: number[]
  /** Length n, paid over owed, 0 to 1; {@link settleDefaultSet} lowers those of the members. */
  readonly payShare: Float64Array
}

/** A step below this share of a node's debt is the last one. */
const STEP = 4e-16
const PATIENCE_SWEEPS = 200
const MAX_SWEEPS = 200_000
const MAX_ELIMINATION = 600
const SINGULAR = 1e-12

/**
 * Lowers the members' pay shares to the solution and returns the number of sweeps.
 *
 * @throws SolventError E_NO_CONVERGENCE when 200,000 sweeps do not settle a set too large to eliminate
 */
export function settleDefaultSet(set: DefaultSet): number {
  let sweeps = 0
  while (sweeps < PATIENCE_SWEEPS) {
    sweeps++
    if (sweep(set) <= STEP) return sweeps
  }
  if (set.members.length <= MAX_ELIMINATION && eliminate(set)) return sweeps
  while (sweeps < MAX_SWEEPS) {
    sweeps++
    if (sweep(set) <= STEP) return sweeps
  }
  throw new SolventError({
    code: 'E_NO_CONVERGENCE',
    message: 'The payments of the nodes in default did not settle.',
    details: { nodesInDefault: set.members.length, sweeps },
  })
}

/** One pass over the members; the largest fall of a pay share. */
function sweep({ claims, externalAssets, totalNominal, alpha, beta, members, payShare }: DefaultSet): number {
  const { offsets, columnOf, amounts } = claims
  let largest = 0
  for (const node of members) {
    let received = 0
    const end = offsets[node + 1]!
    for (let at = offsets[node]!; at < end; at++) received += amounts[at]! * payShare[columnOf[at]!]!
    const share = (alpha * externalAssets[node]! + beta * received) / totalNominal[node]!
    // Rounding must not let a share climb again.
    const fall = payShare[node]! - share
    if (fall > 0) {
      payShare[node] = share
      if (fall > largest) largest = fall
    }
  }
  return largest
}

/** Solves for the pay shares densely; false, and nothing changed, when the system is singular. */
function eliminate(set: DefaultSet): boolean {
  const { claims, externalAssets, totalNominal, alpha, beta, members, payShare } = set
  const size = members.length
  const placeOf = new Map(members.map((node, place) => [node, place]))
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  members.forEach((node, place) => {
    let fromSolvent = 0
    matrix[place * size + place] = totalNominal[node]!
    for (let at = claims.offsets[node]!; at < claims.offsets[node + 1]!; at++) {
      const debtor = claims.columnOf[at]!
      const debtorPlace = placeOf.get(debtor)
      if (debtorPlace === undefined) fromSolvent += claims.amounts[at]! * payShare[debtor]!
      else matrix[place * size + debtorPlace]! -= beta * claims.amounts[at]!
    }
    right[place] = alpha * externalAssets[node]! + beta * fromSolvent
  })
  for (let pivot = 0; pivot < size; pivot++) {
    const head = matrix[pivot * size + pivot]!
    if (head <= SINGULAR * totalNominal[members[pivot]!]!) return false
    for (let row = pivot + 1; row < size; row++) {
      const factor = matrix[row * size + pivot]! / head
      if (factor === 0) continue
      for (let column = pivot + 1; column < size; column++)
        matrix[row * size + column]! -= factor * matrix[pivot * size + column]!
      right[row]! -= factor * right[pivot]!
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let value = right[row]!
    for (let column = row + 1; column < size; column++) value -= matrix[row * size + column]! * right[column]!
    right[row] = value / matrix[row * size + row]!
  }
  members.forEach((node, place) => {
    payShare[node] = Math.min(payShare[node]!, Math.max(0, right[place]!))
  })
  return true
}
