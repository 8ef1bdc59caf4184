/**
 * Sparse matrices of amounts in compressed rows (CSR), the form in which every model here takes its network.
 *
 * Row i holds the entries `offsets[i] … offsets[i + 1] - 1` of `columnOf` and `amounts`, columns ascending, each
 * pair of row and column at most once. 12 bytes an entry.
 */
import { SolventError } from '@solvent/primitives'
import { checkEntry, checkSize, type Entry, selfLoop } from './entry.ts'

export { type Entry, MAX_AMOUNT, MAX_ENTRIES, MAX_NODES } from './entry.ts'

export interface SparseMatrix {
  readonly rows: number
  readonly columns: number
  /** Length rows + 1. */
  readonly offsets: Int32Array
  /** Length of the number of entries. */
  readonly columnOf: Int32Array
  readonly amounts: Float64Array
}

/**
 * A network of claims or debts among n nodes: amounts of 0 to 1e150, no self-loops.
 *
 * Several entries for one pair are added up, in the order given; amounts of zero are left out.
 *
 * @param n number of nodes, 0 to 1,000,000
 * @param entries rows `[from, to, amount]`, at most 10,000,000, in any order; the meaning of from and to is the
 *   model's (debtor → creditor for clearing, lender → borrower elsewhere)
 * @throws SolventError E_RANGE for a bad size, an unknown node, a self-loop, or an amount that is negative,
 *   above 1e150 or NaN
 * @example claimsNetwork(2, [[0, 1, 5], [0, 1, 2]]).amounts // Float64Array [7]
 */
export function claimsNetwork(n: number, entries: readonly Entry[]): SparseMatrix {
  for (const [from, to] of entries) {
    if (from === to) throw selfLoop(from)
  }
  return sparseMatrix(n, n, entries)
}

/** Entries as three lists of one length; 16 bytes an entry. */
export interface ClaimColumns {
  readonly n: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly amounts: Float64Array
}

/**
 * {@link claimsNetwork} from columns, for networks too large to hold one array for each entry.
 *
 * @throws SolventError E_RANGE as {@link claimsNetwork}, and for lists of different lengths
 * @example
 * claimsFromColumns({ n: 2, from: Int32Array.of(0), to: Int32Array.of(1), amounts: Float64Array.of(5) }).columnOf
 * // Int32Array [1]
 */
export function claimsFromColumns({ n, from, to, amounts }: ClaimColumns): SparseMatrix {
  checkSize(n, n, amounts.length)
  if (from.length !== amounts.length || to.length !== amounts.length)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'The columns of a network must be of one length.',
      details: { from: from.length, to: to.length, amounts: amounts.length },
    })
  for (let at = 0; at < amounts.length; at++) {
    if (from[at] === to[at]) throw selfLoop(from[at]!)
    checkEntry([from[at]!, to[at]!, amounts[at]!], n, n)
  }
  return compressed(n, n, { from, to, amounts })
}

/**
 * Portfolios as a matrix of holders by assets, from dense rows.
 *
 * @param rows one array for each holder, each of length `columns`, amounts of 0 to 1e150
 * @throws SolventError E_RANGE for rows of another length and for bad amounts
 * @example portfolioMatrix([[1, 0], [0.5, 0.5]], 2).columnOf // Int32Array [0, 0, 1]
 */
export function portfolioMatrix(rows: readonly (readonly number[])[], columns: number): SparseMatrix {
  const entries: Entry[] = []
  rows.forEach((row, index) => {
    if (row.length !== columns)
      throw new SolventError({
        code: 'E_RANGE',
        message: 'Every row of a matrix must have one amount for each column.',
        details: { row: index, got: row.length, columns },
      })
    row.forEach((amount, column) => entries.push([index, column, amount]))
  })
  return sparseMatrix(rows.length, columns, entries)
}

/**
 * The matrix with rows and columns exchanged.
 *
 * @example transpose(claimsNetwork(2, [[0, 1, 5]])).offsets // Int32Array [0, 0, 1]
 */
export function transpose(matrix: SparseMatrix): SparseMatrix {
  const { rows, columns, offsets, columnOf, amounts } = matrix
  const turned = emptyMatrix(columns, rows, amounts.length)
  for (const column of columnOf) turned.offsets[column + 1]!++
  for (let row = 0; row < columns; row++) turned.offsets[row + 1]! += turned.offsets[row]!
  const next = turned.offsets.slice(0, columns)
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const place = next[columnOf[at]!]!++
      turned.columnOf[place] = row
      turned.amounts[place] = amounts[at]!
    }
  }
  return turned
}

/**
 * The same entries with other amounts.
 *
 * @param amountOf new amount from the old one and its row
 */
export function mapAmounts(
  matrix: SparseMatrix,
  amountOf: (amount: number, row: number) => number,
): SparseMatrix {
  const amounts = new Float64Array(matrix.amounts.length)
  for (let row = 0; row < matrix.rows; row++) {
    for (let at = matrix.offsets[row]!; at < matrix.offsets[row + 1]!; at++)
      amounts[at] = amountOf(matrix.amounts[at]!, row)
  }
  return { ...matrix, amounts }
}

/** Sum of each row. @example rowSums(claimsNetwork(2, [[0, 1, 5]])) // Float64Array [5, 0] */
export function rowSums(matrix: SparseMatrix): Float64Array {
  const sums = new Float64Array(matrix.rows)
  for (let row = 0; row < matrix.rows; row++) {
    let sum = 0
    for (let at = matrix.offsets[row]!; at < matrix.offsets[row + 1]!; at++) sum += matrix.amounts[at]!
    sums[row] = sum
  }
  return sums
}

function sparseMatrix(rows: number, columns: number, entries: readonly Entry[]): SparseMatrix {
  checkSize(rows, columns, entries.length)
  const from = new Int32Array(entries.length)
  const to = new Int32Array(entries.length)
  const amounts = new Float64Array(entries.length)
  entries.forEach((entry, at) => {
    checkEntry(entry, rows, columns)
    from[at] = entry[0]
    to[at] = entry[1]
    amounts[at] = entry[2]
  })
  return compressed(rows, columns, { from, to, amounts })
}

/** Rows after columns: two stable counting sorts leave every row with ascending columns. */
function compressed(
  rows: number,
  columns: number,
  { from, to, amounts }: Omit<ClaimColumns, 'n'>,
): SparseMatrix {
  const byColumn = emptyMatrix(columns, rows, amounts.length)
  for (const column of to) byColumn.offsets[column + 1]!++
  for (let column = 0; column < columns; column++) byColumn.offsets[column + 1]! += byColumn.offsets[column]!
  const next = byColumn.offsets.slice(0, columns)
  for (let at = 0; at < amounts.length; at++) {
    const place = next[to[at]!]!++
    byColumn.columnOf[place] = from[at]!
    byColumn.amounts[place] = amounts[at]!
  }
  return mergeEntries(transpose(byColumn))
}

function mergeEntries(matrix: SparseMatrix): SparseMatrix {
  const { rows, columns, offsets, columnOf, amounts } = matrix
  const merged = emptyMatrix(rows, columns, amounts.length)
  let size = 0
  for (let row = 0; row < rows; row++) {
    const start = size
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const amount = amounts[at]!
      if (amount === 0) continue
      if (size > start && merged.columnOf[size - 1] === columnOf[at]) merged.amounts[size - 1]! += amount
      else {
        merged.columnOf[size] = columnOf[at]!
        merged.amounts[size++] = amount
      }
    }
    merged.offsets[row + 1] = size
  }
  return { ...merged, columnOf: merged.columnOf.slice(0, size), amounts: merged.amounts.slice(0, size) }
}

function emptyMatrix(rows: number, columns: number, size: number): SparseMatrix {
  return {
    rows,
    columns,
    offsets: new Int32Array(rows + 1),
    columnOf: new Int32Array(size),
    amounts: new Float64Array(size),
  }
}
