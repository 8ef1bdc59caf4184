/**
 * Debts of every seniority class in one pair of sparse matrices, as the clearing algorithms walk them.
 *
 * A slot is one class of one debtor: slot = debtor · classes + class, the most senior class first. Nodes receive from
 * slots, so that one gather gives what a node gets from debts of all ranks.
 */
import type { SparseMatrix } from '../network/sparse-matrix.ts'
import { rowSums, transpose } from '../network/sparse-matrix.ts'

export interface DebtBook {
  /** Number of seniority classes, 1 or more. */
  readonly classes: number
  /** (n · classes) × n, entry (slot, creditor). */
  readonly debts: SparseMatrix
  /** n × (n · classes), entry (creditor, slot). */
  readonly claims: SparseMatrix
  /** By slot: owed in that class, outside debts included. */
  readonly nominal: Float64Array
  /** By node: owed in all classes. */
  readonly totalNominal: Float64Array
  readonly externalAssets: Float64Array
  /** Of outside assets and of claims, what a defaulter's bring, 0 to 1. */
  readonly alpha: number
  readonly beta: number
}

/**
 * Files the debts of all classes.
 *
 * @param classes matrices of one size n × n, entry (i, j): what i owes j in that class
 * @param external one vector of length n for each class: what is owed outside
 */
export function openBook(
  classes: readonly SparseMatrix[],
  external: readonly Float64Array[],
  assets: Pick<DebtBook, 'externalAssets' | 'alpha' | 'beta'>,
): DebtBook {
  const debts = interleaved(classes)
  const nominal = rowSums(debts)
  const totalNominal = new Float64Array(assets.externalAssets.length)
  for (let node = 0; node < totalNominal.length; node++) {
    for (let rank = 0; rank < classes.length; rank++) {
      const slot = node * classes.length + rank
      nominal[slot]! += external[rank]![node]!
      totalNominal[node]! += nominal[slot]!
    }
  }
  return { classes: classes.length, debts, claims: transpose(debts), nominal, totalNominal, ...assets }
}

/** What a node receives when every slot pays its share, 0 to 1. */
export function receipts({ claims }: DebtBook, payShare: Float64Array, node: number): number {
  const { offsets, columnOf, amounts } = claims
  let sum = 0
  const end = offsets[node + 1]!
  for (let at = offsets[node]!; at < end; at++) sum += amounts[at]! * payShare[columnOf[at]!]!
  return sum
}

/** Row r of class c becomes row r · classes + c. */
function interleaved(classes: readonly SparseMatrix[]): SparseMatrix {
  const first = classes[0]!
  if (classes.length === 1) return first
  const size = classes.reduce((sum, { amounts }) => sum + amounts.length, 0)
  const offsets = new Int32Array(first.rows * classes.length + 1)
  const columnOf = new Int32Array(size)
  const amounts = new Float64Array(size)
  let at = 0
  for (let row = 0; row < first.rows; row++) {
    for (let rank = 0; rank < classes.length; rank++) {
      const from = classes[rank]!
      const [start, end] = [from.offsets[row]!, from.offsets[row + 1]!]
      columnOf.set(from.columnOf.subarray(start, end), at)
      amounts.set(from.amounts.subarray(start, end), at)
      at += end - start
      offsets[row * classes.length + rank + 1] = at
    }
  }
  return { rows: first.rows * classes.length, columns: first.columns, offsets, columnOf, amounts }
}
