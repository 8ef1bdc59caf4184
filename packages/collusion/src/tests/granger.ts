/**
 * Whether a bidder's last bid helps to foretell another's next one, beyond the other's own last bid: lag 1 of
 * C. W. J. Granger, "Investigating causal relations by econometric models and cross-spectral methods", Econometrica
 * 37(3), 1969, 424-438, on log(bid/scale), F(1, T − 4). Only pairs who both bid in every tender with a scale.
 */
import { ln } from '@solvent/primitives'
import { type BidMatrix, isPresent, rowOf, scaleOf } from '../bids/bid-matrix.ts'
import { leastSquares } from '../statistics/least-squares.ts'
import { fAbove } from '../statistics/tail-probabilities.ts'

export interface GrangerTest {
  readonly cause: number
  readonly effect: number
  readonly F: number
  readonly df1: number
  readonly df2: number
  readonly p: number
}

const FEWEST_TENDERS = 10

export function grangerTestsOf(matrix: BidMatrix): GrangerTest[] {
  const tenders = [...matrix.tenders.keys()].filter((tender) => scaleOf(matrix.tenders[tender]!) !== null)
  if (tenders.length < FEWEST_TENDERS) return []
  const series = matrix.bidders.map((_, bidder) =>
    tenders.map((tender) =>
      ln(rowOf(matrix, matrix.bids, tender)[bidder]! / scaleOf(matrix.tenders[tender]!)!),
    ),
  )
  const complete = [...series.keys()].filter((bidder) => series[bidder]!.every(isPresent))
  return complete.flatMap((cause) =>
    complete.flatMap((effect) =>
      cause === effect ? [] : (lagTest({ cause, effect }, series[cause]!, series[effect]!) ?? []),
    ),
  )
}

function lagTest(
  pair: { readonly cause: number; readonly effect: number },
  x: readonly number[],
  y: readonly number[],
): GrangerTest | null {
  const now = y.slice(1)
  const restricted = leastSquares(
    now.map((_, at) => [1, y[at]!]),
    now,
  )
  const full = leastSquares(
    now.map((_, at) => [1, y[at]!, x[at]!]),
    now,
  )
  if (restricted === null || full === null || full.ssr === 0) return null
  const F = (restricted.ssr - full.ssr) / (full.ssr / full.df)
  return { ...pair, F, df1: 1, df2: full.df, p: fAbove(F, 1, full.df) }
}
