/**
 * Bids of one market: tenders in the order of time, bidders in columns. The lowest bid wins, of equal ones that of the
 * first bidder. Amounts are float64: screens are statistics, no money moves by them.
 */

export interface Tender {
  readonly id: string
  readonly chain: string | null
  readonly asset: string | null
  /** What the object is worth before anyone's costs: the scale of bids and costs. */
  readonly base: number | null
  /** The highest price that the buyer pays. */
  readonly reserve: number | null
}

export interface BidMatrix {
  readonly bidders: readonly string[]
  readonly tenders: readonly Tender[]
  /** Tenders × bidders by rows; NaN where a bidder did not bid. */
  readonly bids: Float64Array
  /** Of the same shape; NaN where unknown, null where unknown everywhere. */
  readonly costs: Float64Array | null
  /** How busy a bidder was, of the same shape. */
  readonly utilisation: Float64Array | null
}

/** Whether an entry of such an array is there. */
export function isPresent(value: number): boolean {
  return !Number.isNaN(value)
}

/** A tender's row of an array of the matrix's shape; a view. */
export function rowOf(matrix: BidMatrix, values: Float64Array, tender: number): Float64Array {
  const width = matrix.bidders.length
  return values.subarray(tender * width, (tender + 1) * width)
}

/** The bids of a tender without the gaps, in the order of bidders. */
export function bidsOf(matrix: BidMatrix, tender: number): Float64Array {
  return rowOf(matrix, matrix.bids, tender).filter(isPresent)
}

/** For each tender the column of its winner, −1 where nobody bid. */
export function winnersOf(matrix: BidMatrix): Int32Array {
  return Int32Array.from(matrix.tenders, (_, tender) => lowestOf(rowOf(matrix, matrix.bids, tender)))
}

/** The position of the lowest value that is there, the first of equal ones; −1 where there is none. */
export function lowestOf(row: ArrayLike<number>): number {
  let lowest = -1
  for (let at = 0; at < row.length; at++) {
    if (isPresent(row[at]!) && (lowest === -1 || row[at]! < row[lowest]!)) lowest = at
  }
  return lowest
}

/** What a tender's bids are divided by to compare tenders: its base, else its reserve, else null. */
export function scaleOf({ base, reserve }: Tender): number | null {
  return base ?? reserve
}
