// Who can still lose anything. A balance sheet without equity is that of a node which failed before the shock: it has no
// buffer to lose, its creditors' loss is not of the shock, and so it takes no part. `clear` says what it still pays.
import {
  type BalanceSheets,
  type ClaimColumns,
  claimsFromColumns,
  type SparseMatrix,
} from '@solvent/contagion'

export interface StandingSheets {
  /** Indices, ascending. */
  readonly failedBefore: readonly number[]
  /** Entry (lender, borrower), both standing. */
  readonly claims: SparseMatrix
  /** 1 for who failed before. */
  readonly buffers: Float64Array
  /** 0 for who failed before. */
  readonly weights: Float64Array
}

export function standingSheets(
  { claims, buffers, weights }: BalanceSheets,
  isStanding: (buffer: number) => boolean,
): StandingSheets {
  const isOut = (node: number) => !isStanding(buffers[node]!)
  const failedBefore = [...buffers.keys()].filter(isOut)
  if (failedBefore.length === 0) return { failedBefore, claims, buffers, weights }
  return {
    failedBefore,
    claims: withoutEntries(claims, (from, to) => isOut(from) || isOut(to)),
    buffers: buffers.map((buffer) => (isStanding(buffer) ? buffer : 1)),
    weights: weights.map((weight, node) => (isOut(node) ? 0 : weight)),
  }
}

function withoutEntries(
  { rows, offsets, columnOf, amounts }: SparseMatrix,
  isLeftOut: (row: number, column: number) => boolean,
): SparseMatrix {
  const kept: { from: number[]; to: number[]; amounts: number[] } = { from: [], to: [], amounts: [] }
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      if (isLeftOut(row, columnOf[at]!)) continue
      kept.from.push(row)
      kept.to.push(columnOf[at]!)
      kept.amounts.push(amounts[at]!)
    }
  }
  const columns: ClaimColumns = {
    from: Int32Array.from(kept.from),
    to: Int32Array.from(kept.to),
    amounts: Float64Array.from(kept.amounts),
    n: rows,
  }
  return claimsFromColumns(columns)
}
