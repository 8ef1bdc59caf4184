/**
 * Auctions with a label of their authors, as JSON: `columns` and `rows`, one row a bid, with the columns `pid`,
 * `norm_bid` and `auction_cartelized` (0 or 1) of the Tsuchiura data (sylvaingchassang/missing_bids, MIT).
 */
import { z } from 'zod'
import type { LabelledTender } from '../detectors/detector-report.ts'
import { bidsError } from './bids-error.ts'

const fileSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.number(), z.string(), z.null()]))).min(1),
})

const COLUMNS = ['pid', 'norm_bid', 'auction_cartelized'] as const
const FEWEST_BIDS = 2

/** Auctions with at least two bids. @throws SolventError E_BIDS for what is no such text, and without both labels */
export function labelledAuctionsOf(file: string, text: string): LabelledTender[] {
  const { columns, rows } = contentOf(file, text)
  const missing = COLUMNS.filter((name) => !columns.includes(name))
  if (missing.length > 0) throw bidsError(file, [`columns: ${missing.join(', ')} missing`])
  const [pid, bid, label] = COLUMNS.map((name) => columns.indexOf(name)) as [number, number, number]
  const problems = rows.flatMap((row, at) => {
    const value = row[bid]
    if (typeof value !== 'number' || !(value > 0))
      return [`rows[${at}], norm_bid: not above 0 (got ${value})`]
    return row[label] === 0 || row[label] === 1
      ? []
      : [`rows[${at}], auction_cartelized: 0 or 1 (got ${row[label]})`]
  })
  if (problems.length > 0) throw bidsError(file, problems)
  const auctions = [...Map.groupBy(rows, (row) => row[pid]).values()]
    .filter((group) => group.length >= FEWEST_BIDS)
    .map((group) => ({ bids: group.map((row) => Number(row[bid])), isCollusive: group[0]?.[label] === 1 }))
  if (new Set(auctions.map(({ isCollusive }) => isCollusive)).size < 2)
    throw bidsError(file, ['rows: auctions of both labels with two bids are needed'])
  return auctions
}

function contentOf(file: string, text: string) {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw bidsError(file, [`not JSON: ${(cause as Error).message}`])
  }
  const parsed = fileSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw bidsError(
    file,
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
  )
}
