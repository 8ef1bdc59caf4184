/**
 * Whether bids follow from costs as they do under competition: exchangeability (everyone's bid answers to costs in the
 * same way) and conditional independence (what costs leave unexplained is not shared between bidders).
 *
 * Source: P. Bajari, L. Ye, "Deciding between competition and collusion", REStat 85(4), 2003, 971-989. The regression
 * is of log(bid/base) on an effect of each bidder, own cost/base and the lowest rival's cost/base among those who bid;
 * residuals are those of the regression with slopes of each bidder's own. Known for many false negatives (D. Imhof,
 * working paper 483, Université de Fribourg, 2017).
 */
import { exp, ln } from '@solvent/primitives'
import { type BidMatrix, isPresent, rowOf, scaleOf } from '../bids/bid-matrix.ts'
import { leastSquares, type Regression } from '../statistics/least-squares.ts'
import { fAbove } from '../statistics/tail-probabilities.ts'
import { type CorrelationTest, correlationTest } from './correlation.ts'

export interface BajariYe {
  readonly nobs: number
  /** Bidders in the regressions: those with enough bids; positions in the matrix. */
  readonly members: readonly number[]
  readonly pooled: Pick<Regression, 'coefficients' | 'standardErrors' | 'ssr'>
  readonly unrestricted: Pick<Regression, 'coefficients' | 'ssr'>
  readonly exchangeability: {
    readonly F: number
    readonly df1: number
    readonly df2: number
    readonly p: number
  }
  readonly conditional_independence: readonly CorrelationTest[]
}

interface Observation {
  readonly tender: number
  readonly bidder: number
  readonly y: number
  readonly own: number
  readonly rival: number
}

/** An effect and two slopes are estimated for each bidder; below this a bidder is left out. */
const FEWEST_BIDS = 5

/** Null where costs or scales are not known, or where the costs do not determine the coefficients. */
export function bajariYeOf(matrix: BidMatrix): BajariYe | null {
  const all = observationsOf(matrix)
  const members = matrix.bidders
    .map((_, bidder) => bidder)
    .filter((bidder) => all.filter((one) => one.bidder === bidder).length >= FEWEST_BIDS)
  const observations = all.filter(({ bidder }) => members.includes(bidder))
  if (members.length < 2) return null
  const place = new Map(members.map((bidder, index) => [bidder, index]))
  const y = observations.map((one) => one.y)
  const effects = (one: Observation) => members.map((bidder) => (bidder === one.bidder ? 1 : 0))
  const pooled = leastSquares(
    observations.map((one) => [...effects(one), one.own, one.rival]),
    y,
  )
  const perBidder = members.map((bidder) => {
    const own = observations.filter((one) => one.bidder === bidder)
    return leastSquares(
      own.map((one) => [1, one.own, one.rival]),
      own.map((one) => one.y),
    )
  })
  if (pooled === null || perBidder.some((regression) => regression === null)) return null
  const regressions = perBidder as Regression[]
  const ssr = regressions.reduce((sum, regression) => sum + regression.ssr, 0)
  const df1 = 2 * (members.length - 1)
  const df2 = observations.length - 3 * members.length
  if (df2 < 1) return null
  const F = (pooled.ssr - ssr) / df1 / (ssr / df2)
  return {
    nobs: observations.length,
    members,
    pooled,
    unrestricted: {
      coefficients: [
        ...regressions.map(({ coefficients }) => coefficients[0]!),
        ...regressions.flatMap(({ coefficients }) => coefficients.slice(1)),
      ],
      ssr,
    },
    exchangeability: { F, df1, df2, p: fAbove(F, df1, df2) },
    conditional_independence: independence(observations, regressions, place, members),
  }
}

/**
 * The bids without what the pooled rule makes of costs: scale · e^residual, so that a shock to everyone's costs is no likeness of bids. Those
 * of bidders outside the regression, and bids without a cost, are left out.
 */
export function residualBids(matrix: BidMatrix, { members, pooled }: BajariYe): BidMatrix {
  const width = matrix.bidders.length
  const bids = new Float64Array(matrix.bids.length).fill(Number.NaN)
  const [ofOwn, ofRival] = pooled.coefficients.slice(members.length) as [number, number]
  for (const { tender, bidder, y, own, rival } of observationsOf(matrix)) {
    const effect = pooled.coefficients[members.indexOf(bidder)]
    if (effect === undefined) continue
    const scale = scaleOf(matrix.tenders[tender]!)!
    bids[tender * width + bidder] = scale * exp(y - effect - ofOwn * own - ofRival * rival)
  }
  return { ...matrix, bids }
}

function independence(
  observations: readonly Observation[],
  regressions: readonly Regression[],
  place: ReadonlyMap<number, number>,
  members: readonly number[],
): CorrelationTest[] {
  const residuals = members.map(() => new Map<number, number>())
  const next = members.map(() => 0)
  for (const { tender, bidder } of observations) {
    const at = place.get(bidder)!
    residuals[at]!.set(tender, regressions[at]!.residuals[next[at]!++]!)
  }
  return members.flatMap((i, left) =>
    members.slice(left + 1).map((j, offset) => {
      const [one, other] = [residuals[left]!, residuals[left + 1 + offset]!]
      const common = [...one.keys()].filter((tender) => other.has(tender))
      return correlationTest(
        { i, j },
        common.map((tender) => one.get(tender)!),
        common.map((tender) => other.get(tender)!),
      )
    }),
  )
}

/** Bids with a known cost, in tenders with a scale and a rival whose cost is known. */
function observationsOf(matrix: BidMatrix): Observation[] {
  const { costs } = matrix
  if (costs === null) return []
  return matrix.tenders.flatMap((tender, at) => {
    const scale = scaleOf(tender)
    if (scale === null) return []
    const bids = rowOf(matrix, matrix.bids, at)
    const own = rowOf(matrix, costs, at)
    const bidders = [...bids.keys()].filter((bidder) => isPresent(bids[bidder]!) && isPresent(own[bidder]!))
    if (bidders.length < 2) return []
    const [cheapest, next] = bidders.map((bidder) => own[bidder]!).sort((a, b) => a - b) as [number, number]
    return bidders.map((bidder) => ({
      tender: at,
      bidder,
      y: ln(bids[bidder]! / scale),
      own: own[bidder]! / scale,
      rival: (own[bidder] === cheapest ? next : cheapest) / scale,
    }))
  })
}
