/**
 * How much the level of bids differs from tender to tender beyond what the bids within them explain: σ of a tender's effect on
 * ln(bid/scale), by the analysis of variance of tenders of unequal size (S. Searle, G. Casella, C. McCulloch, Variance Components,
 * 1992, 3.6). A shock to the costs of all bidders makes such an effect; without costs nothing tells it from an agreement.
 */
import { ln } from '@solvent/primitives'
import { type BidMatrix, bidsOf, scaleOf } from '../bids/bid-matrix.ts'
import { meanOf } from '../statistics/moments.ts'

/** Null where fewer than two tenders have a scale and a bid, or none has two bids. */
export function levelSpreadOf(matrix: BidMatrix): number | null {
  const tenders = matrix.tenders.flatMap((tender, at) => {
    const scale = scaleOf(tender)
    const bids = scale === null ? [] : [...bidsOf(matrix, at)].map((bid) => ln(bid / scale!))
    return bids.length === 0 ? [] : [bids]
  })
  const count = tenders.reduce((sum, bids) => sum + bids.length, 0)
  if (tenders.length < 2 || count === tenders.length) return null
  const overall = meanOf(tenders.flat())
  let [between, within, squares] = [0, 0, 0]
  for (const bids of tenders) {
    const mean = meanOf(bids)
    between += bids.length * (mean - overall) * (mean - overall)
    for (const bid of bids) within += (bid - mean) * (bid - mean)
    squares += bids.length * bids.length
  }
  const usualBids = (count - squares / count) / (tenders.length - 1)
  const variance = (between / (tenders.length - 1) - within / (count - tenders.length)) / usualBids
  return Math.sqrt(Math.max(0, variance))
}
