// Bids that a person gives, as JSON or as comma-separated values: what the text begins with says which.

import type { RebidAuction } from '../tests/rebid.ts'
import { type BidMatrix, bidsOf } from './bid-matrix.ts'
import { bidsFromCsv } from './bids-csv.ts'
import { bidsError } from './bids-error.ts'
import { bidsFromJson } from './bids-json.ts'
import { bidMatrixOf, type TenderRecord } from './tender-record.ts'

export interface BidSource {
  /** Of a tender that was bid for twice, the bids of the second round. */
  readonly matrix: BidMatrix
  /** Tenders that were bid for twice, over their reserve where it is known. */
  readonly rebids: readonly RebidAuction[]
  /** What is dubious and was read all the same. */
  readonly warnings: readonly string[]
}

/**
 * @param file as the person wrote it
 * @throws SolventError E_BIDS for what is no such text, and for fewer than two tenders with bids or two bidders
 */
export function bidSourceOf(file: string, text: string): BidSource {
  const { bidders, records } = /^\s*[{[]/.test(text)
    ? bidsFromJson(file, jsonOf(file, text))
    : bidsFromCsv(file, text)
  const last = records.map((record) => ({ ...record, bids: record.rebids ?? record.bids }))
  const matrix = bidMatrixOf(last, bidders)
  const counts = matrix.tenders.map((_, tender) => bidsOf(matrix, tender).length)
  const problems: string[] = []
  if (bidders.length < 2) problems.push(`bidders: at least two are needed (got ${bidders.length})`)
  if (counts.filter((count) => count > 0).length < 2)
    problems.push('tenders: at least two with a bid are needed')
  if (bidders.length >= 2 && counts.every((count) => count < 2))
    problems.push('tenders: nobody ever had a rival; at least one tender with two bids is needed')
  if (problems.length > 0) throw bidsError(file, problems)
  return { matrix, rebids: rebidsOf(records), warnings: warningsOf(matrix, counts) }
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw bidsError(file, [`not JSON: ${(cause as Error).message}`])
  }
}

function warningsOf(matrix: BidMatrix, counts: readonly number[]): string[] {
  const tied = matrix.tenders.filter((_, tender) => {
    const [first, second] = [...bidsOf(matrix, tender)].sort((a, b) => a - b)
    return second !== undefined && first === second
  }).length
  const alone = counts.filter((count) => count === 1).length
  const empty = counts.filter((count) => count === 0).length
  return [
    ...(tied > 0
      ? [`the lowest bid stands twice in ${tied} tenders: the first bidder counts as the winner`]
      : []),
    ...(alone > 0 ? [`${alone} tenders have one bid: they have a winner and no screens`] : []),
    ...(empty > 0 ? [`${empty} tenders have no bid: they are left out`] : []),
  ]
}

function rebidsOf(records: readonly TenderRecord[]): RebidAuction[] {
  return records.flatMap(({ bids, rebids, reserve, base }) => {
    if (rebids === null || rebids === undefined) return []
    const scale = reserve ?? base ?? 1
    const first = [...bids.keys()].filter((bidder) => bids[bidder] !== null)
    return [
      {
        round1: first.map((bidder) => bids[bidder]! / scale),
        round2: first.map((bidder) => {
          const bid = rebids[bidder] ?? null
          return bid === null ? null : bid / scale
        }),
      },
    ]
  })
}
