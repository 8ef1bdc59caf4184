/**
 * Every pair of bidders: whether what costs leave unexplained (or, where costs are not known, bids over the tender's
 * scale) moves together. Competitors who bid by themselves do so only by common shocks.
 */
import { ln } from '@solvent/primitives'
import { type BidMatrix, isPresent, rowOf, scaleOf } from '../bids/bid-matrix.ts'
import { falseDiscoveryRates } from '../statistics/false-discovery.ts'
import type { BajariYe } from '../tests/bajari-ye.ts'
import { type CorrelationTest, correlationTest } from '../tests/correlation.ts'

export interface PairTest extends CorrelationTest {
  /** Over all pairs, Benjamini–Hochberg. */
  readonly q: number | null
}

export interface PairTests {
  /** `residuals` of Bajari and Ye's regression, or `bids` over the scale. */
  readonly of: 'residuals' | 'bids'
  readonly pairs: readonly PairTest[]
}

/** Pairs beyond this are not tested: nobody reads them, and each needs many tenders. */
const MOST_PAIRED_BIDDERS = 200

/** Null where neither costs nor scales are known, or there are more than 200 bidders. */
export function pairTestsOf(matrix: BidMatrix, bajariYe: BajariYe | null): PairTests | null {
  if (bajariYe !== null) return { of: 'residuals', pairs: withRates(bajariYe.conditional_independence) }
  if (matrix.bidders.length > MOST_PAIRED_BIDDERS) return null
  const series = seriesOf(matrix)
  if (series === null) return null
  const tests = matrix.bidders.flatMap((_, i) =>
    matrix.bidders.slice(i + 1).map((__, offset) => {
      const [left, right] = [series[i]!, series[i + 1 + offset]!]
      const common = [...left.keys()].filter((tender) => right.has(tender))
      return correlationTest(
        { i, j: i + 1 + offset },
        common.map((tender) => left.get(tender)!),
        common.map((tender) => right.get(tender)!),
      )
    }),
  )
  return { of: 'bids', pairs: withRates(tests) }
}

function withRates(tests: readonly CorrelationTest[]): PairTest[] {
  const rates = falseDiscoveryRates(
    tests.map(({ p }) => p),
    'positive',
  )
  return tests.map((test, at) => ({ ...test, q: rates[at]! }))
}

/** For each bidder its log bid over the scale by tender; null where no tender has a scale. */
function seriesOf(matrix: BidMatrix): Map<number, number>[] | null {
  const series = matrix.bidders.map(() => new Map<number, number>())
  for (const [tender, info] of matrix.tenders.entries()) {
    const scale = scaleOf(info)
    if (scale === null) continue
    for (const [bidder, bid] of rowOf(matrix, matrix.bids, tender).entries())
      if (isPresent(bid)) series[bidder]!.set(tender, ln(bid / scale))
  }
  return series.some((own) => own.size > 0) ? series : null
}
