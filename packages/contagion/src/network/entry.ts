/** Entries of sparse networks: how many there may be, of what size, and how bad ones are refused. */
import { SolventError } from '@solvent/primitives'

/** One entry: row, column, amount. */
export type Entry = readonly [row: number, column: number, amount: number]

/** The most rows, and the most columns, of a network. */
export const MAX_NODES = 1_000_000
/** The largest amount: sums of ten million, and products of two, stay finite. */
export const MAX_AMOUNT = 1e150
/** The most entries of a network. */
export const MAX_ENTRIES = 10_000_000

/** What a node that owes itself is refused with. */
export function selfLoop(node: number): SolventError {
  return new SolventError({ code: 'E_RANGE', message: 'A node cannot owe itself.', details: { node } })
}

/** @throws SolventError E_RANGE for a size that is no whole number or beyond the limits */
export function checkSize(rows: number, columns: number, entries: number): void {
  for (const count of [rows, columns]) {
    if (!Number.isInteger(count) || count < 0 || count > MAX_NODES)
      throw new SolventError({
        code: 'E_RANGE',
        message: 'The number of nodes must be a whole number within the limit.',
        details: { got: count, limit: MAX_NODES },
      })
  }
  if (entries > MAX_ENTRIES)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'The network has too many entries.',
      details: { got: entries, limit: MAX_ENTRIES },
    })
}

/** @throws SolventError E_RANGE for an unknown row or column, and for an amount that is negative, above 1e150 or NaN */
export function checkEntry([row, column, amount]: Entry, rows: number, columns: number): void {
  const known =
    Number.isInteger(row) &&
    row >= 0 &&
    row < rows &&
    Number.isInteger(column) &&
    column >= 0 &&
    column < columns
  if (!known)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'An entry names an unknown node.',
      details: { row, column, rows, columns },
    })
  if (!(amount >= 0 && amount <= MAX_AMOUNT))
    throw new SolventError({
      code: 'E_RANGE',
      message: 'An amount must not be negative, and within the limit.',
      details: { row, column, amount, limit: MAX_AMOUNT },
    })
}
