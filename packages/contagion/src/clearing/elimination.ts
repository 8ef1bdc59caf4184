/**
 * The payments of a small set in default by Gaussian elimination: I − βΠ_DDᵀ is a column diagonally dominant M-matrix
 * and needs no pivoting.
 */
import type { DebtBook } from './debt-book.ts'
import type { DefaultSet } from './default-set.ts'

const SINGULAR = 1e-12
/** A share below zero by no more than this is rounding. */
const SLACK = 1e-12

/**
 * Solves for the share of the one class of each member that is paid in part, the more senior ones being paid in full.
 *
 * @returns false, and nothing changed, when the system is singular or a member would not stay within its class
 */
export function eliminate(book: DebtBook, { members, payShare }: DefaultSet): boolean {
  const system = linearSystem(book, members, payShare)
  if (!solve(system)) return false
  if (book.classes > 1 && system.right.some((share) => share < -SLACK)) return false
  system.slots.forEach((slot, place) => {
    payShare[slot] = Math.min(payShare[slot]!, Math.max(0, system.right[place]!))
  })
  return true
}

interface LinearSystem {
  /** The slot of each unknown. */
  readonly slots: readonly number[]
  /** By place: owed in that slot, the scale of its row. */
  readonly scale: readonly number[]
  readonly matrix: Float64Array
  readonly right: Float64Array
}

function linearSystem(
  { classes, claims, nominal, externalAssets, alpha, beta }: DebtBook,
  members: readonly number[],
  payShare: Float64Array,
): LinearSystem {
  const size = members.length
  const slots = members.map((node) => marginalSlot(node, classes, payShare, nominal))
  const placeOf = new Map(slots.map((slot, place) => [slot, place]))
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  members.forEach((node, place) => {
    const slot = slots[place]!
    let received = 0
    matrix[place * size + place] = nominal[slot]!
    for (let at = claims.offsets[node]!; at < claims.offsets[node + 1]!; at++) {
      const debtorPlace = placeOf.get(claims.columnOf[at]!)
      if (debtorPlace === undefined) received += claims.amounts[at]! * payShare[claims.columnOf[at]!]!
      else matrix[place * size + debtorPlace]! -= beta * claims.amounts[at]!
    }
    right[place] = alpha * externalAssets[node]! + beta * received
    for (let senior = node * classes; senior < slot; senior++) right[place]! -= nominal[senior]!
  })
  return { slots, scale: slots.map((slot) => nominal[slot]!), matrix, right }
}

/** The first class not paid in full, or the last in which anything is owed. */
function marginalSlot(node: number, classes: number, payShare: Float64Array, nominal: Float64Array): number {
  let last = node * classes
  for (let slot = node * classes; slot < (node + 1) * classes; slot++) {
    if (nominal[slot] === 0) continue
    last = slot
    if (payShare[slot]! < 1) break
  }
  return last
}

/** Leaves the solution in `right`. */
function solve({ scale, matrix, right }: LinearSystem): boolean {
  const size = right.length
  for (let pivot = 0; pivot < size; pivot++) {
    const head = matrix[pivot * size + pivot]!
    if (head <= SINGULAR * scale[pivot]!) return false
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
  return true
}
