/**
 * Tenders as they stand in files: one record a tender, its lists in the order of bidders; and the matrix of them.
 */
import { type BidMatrix, isPresent, type Tender } from './bid-matrix.ts'

export interface TenderRecord {
  readonly id?: string | number | undefined
  readonly chain?: string | number | null | undefined
  readonly asset?: string | number | null | undefined
  readonly base?: number | null | undefined
  readonly reserve?: number | null | undefined
  /** Null: did not bid. */
  readonly bids: readonly (number | null)[]
  /** Of a second round, when all bid again. */
  readonly rebids?: readonly (number | null)[] | null | undefined
  readonly costs?: readonly (number | null)[] | null | undefined
  readonly utilisation?: readonly (number | null)[] | null | undefined
}

/** @param bidders names of the columns; numbers from 0 when left out */
export function bidMatrixOf(records: readonly TenderRecord[], bidders?: readonly string[]): BidMatrix {
  const width = records[0]?.bids.length ?? 0
  const flat = (list: (record: TenderRecord) => readonly (number | null)[] | null | undefined) => {
    const values = new Float64Array(records.length * width).fill(Number.NaN)
    for (const [row, record] of records.entries())
      for (const [column, value] of (list(record) ?? []).entries())
        values[row * width + column] = value ?? Number.NaN
    return values
  }
  const some = (values: Float64Array) => (values.some(isPresent) ? values : null)
  return {
    bidders: bidders ?? Array.from({ length: width }, (_, column) => String(column)),
    tenders: records.map(tenderOf),
    bids: flat(({ bids }) => bids),
    costs: some(flat(({ costs }) => costs)),
    utilisation: some(flat(({ utilisation }) => utilisation)),
  }
}

function tenderOf({ id, chain, asset, base, reserve }: TenderRecord, row: number): Tender {
  const name = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : String(value)
  return {
    id: name(id) ?? String(row),
    chain: name(chain),
    asset: name(asset),
    base: base ?? null,
    reserve: reserve ?? null,
  }
}
