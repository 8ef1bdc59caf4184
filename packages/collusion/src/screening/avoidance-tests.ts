/**
 * Every pair of bidders: whether they bid in the same tenders less often than by chance. A ring that lets only one of
 * its members bid leaves no cover bids behind, only absences.
 *
 * Given how often each bids, the tenders in which both do are hypergeometric; here its normal approximation, one-sided
 * (E. Lehmann, Nonparametrics, 1975, section 1.3). Pairs of which one bids everywhere say nothing and are left out.
 */
import { normalBelow } from '@solvent/primitives'
import { type BidMatrix, isPresent, rowOf } from '../bids/bid-matrix.ts'
import { falseDiscoveryRates } from '../statistics/false-discovery.ts'
import { meanOf } from '../statistics/moments.ts'
import { chiSquareAbove } from '../statistics/tail-probabilities.ts'

export interface AvoidanceTest {
  readonly i: number
  readonly j: number
  /** Tenders in which both bid, and in how many they would by chance. */
  readonly together: number
  readonly expected: number
  readonly p: number
  /** Over all pairs that are tested, Benjamini–Hochberg. */
  readonly q: number
}

export interface AvoidanceTests {
  readonly tested: number
  /**
   * Whether the number of bids a tender varies less than if all came by themselves: Σ (bids − mean)² over Σ p(1 − p)
   * against χ² with T − 1 degrees of freedom, from below; null where everyone always bids.
   */
  readonly evenness_p: number | null
  /** The most suspicious ones. */
  readonly pairs: readonly AvoidanceTest[]
}

const MOST_BIDDERS = 200
const SHOWN = 20

/** Tests nothing beyond 200 bidders. */
export function avoidanceTestsOf(matrix: BidMatrix): AvoidanceTests {
  const n = matrix.bidders.length
  if (n > MOST_BIDDERS) return { tested: 0, evenness_p: null, pairs: [] }
  const { together, bids } = countsOf(matrix)
  const tenders = bids.length
  const tests = matrix.bidders.flatMap((_, i) =>
    matrix.bidders.slice(i + 1).flatMap((__, offset) => {
      const j = i + 1 + offset
      const [own, other] = [together[i * n + i]!, together[j * n + j]!]
      const variance =
        (own * (tenders - own) * (other * (tenders - other))) / (tenders * tenders * (tenders - 1))
      if (!(variance > 0)) return []
      const expected = (own * other) / tenders
      const z = (together[i * n + j]! + 0.5 - expected) / Math.sqrt(variance)
      return [{ i, j, together: together[i * n + j]!, expected, p: normalBelow(z) }]
    }),
  )
  const rates = falseDiscoveryRates(
    tests.map(({ p }) => p),
    'positive',
  )
  const pairs = tests.map((test, at) => ({ ...test, q: rates[at]! })).sort((a, b) => a.p - b.p)
  const shares = matrix.bidders.map((_, bidder) => together[bidder * n + bidder]! / tenders)
  return { tested: tests.length, evenness_p: evennessOf(bids, shares), pairs: pairs.slice(0, SHOWN) }
}

function evennessOf(bids: readonly number[], shares: readonly number[]): number | null {
  const expected = shares.reduce((sum, share) => sum + share * (1 - share), 0)
  if (!(expected > 0) || bids.length < 2) return null
  const mean = meanOf(bids)
  const squares = bids.reduce((sum, count) => sum + (count - mean) * (count - mean), 0)
  return 1 - chiSquareAbove(squares / expected, bids.length - 1)
}

/** For each two bidders the tenders in which both bid, of one with itself those in which it did; bids by tender. */
function countsOf(matrix: BidMatrix) {
  const n = matrix.bidders.length
  const together = new Int32Array(n * n)
  const bids: number[] = []
  for (const tender of matrix.tenders.keys()) {
    const row = rowOf(matrix, matrix.bids, tender)
    const here = [...row.keys()].filter((bidder) => isPresent(row[bidder]!))
    if (here.length > 0) bids.push(here.length)
    for (const i of here) for (const j of here) together[i * n + j]!++
  }
  return { together, bids }
}
