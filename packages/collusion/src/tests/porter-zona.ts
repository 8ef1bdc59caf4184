/**
 * Whether the lowest bid and the ranks of the losers follow from costs by the same rule. A cartel's losers bid for
 * show, so that their ranks tell nothing of their costs.
 *
 * Source: R. Porter, J. D. Zona, "Detection of bid rigging in procurement auctions", JPE 101(3), 1993, 518-538: a
 * rank-ordered logit on (cost/base, utilisation); `low` sees only who was lowest, `high` only the losers' ranks, and
 * LR = 2(ll_low + ll_high − ll_all) is χ² with as many degrees of freedom as coefficients when one rule made both.
 */
import { exp, ln } from '@solvent/primitives'
import { type BidMatrix, isPresent, rowOf, scaleOf } from '../bids/bid-matrix.ts'
import { type Expansion, maximise } from '../statistics/newton.ts'
import { chiSquareAbove } from '../statistics/tail-probabilities.ts'

export interface RankedLogit {
  readonly beta: readonly number[]
  readonly se: readonly number[]
  readonly ll: number
}

export interface PorterZona {
  readonly tenders: number
  readonly all: RankedLogit
  readonly low: RankedLogit
  readonly high: RankedLogit
  readonly LR: number
  readonly df: number
  readonly p: number
}

/** The attributes of those who were left when a place was filled; the first took it. */
type Choice = readonly (readonly number[])[]

const FEWEST_BIDS = 3

/**
 * Null where costs or scales are not known, in no tender three bid, or costs foretell the ranks perfectly. Where
 * utilisation is not known the costs stand alone, with one degree of freedom.
 */
export function porterZonaOf(matrix: BidMatrix): PorterZona | null {
  const rankings = rankingsOf(matrix)
  const size = rankings[0]?.[0]?.length ?? 0
  if (size === 0) return null
  const places = (ranking: Choice, from: number, to: number): Choice[] =>
    ranking.slice(from, to).map((_, offset) => ranking.slice(from + offset))
  const all = rankedLogit(
    rankings.flatMap((ranking) => places(ranking, 0, ranking.length - 1)),
    size,
  )
  const low = rankedLogit(
    rankings.flatMap((ranking) => places(ranking, 0, 1)),
    size,
  )
  const high = rankedLogit(
    rankings.flatMap((ranking) => places(ranking, 1, ranking.length - 1)),
    size,
  )
  if (all === null || low === null || high === null) return null
  const LR = 2 * (low.ll + high.ll - all.ll)
  return { tenders: rankings.length, all, low, high, LR, df: size, p: chiSquareAbove(LR, size) }
}

function rankedLogit(choices: readonly Choice[], size: number): RankedLogit | null {
  const maximum = maximise((beta) => logLikelihood(choices, beta), size)
  return maximum === null ? null : { beta: maximum.at, se: maximum.standardErrors, ll: maximum.value }
}

/** Of the choices of the first of each, with its derivatives (D. McFadden's conditional logit). */
function logLikelihood(choices: readonly Choice[], beta: readonly number[]): Expansion {
  const size = beta.length
  let value = 0
  const gradient = new Array<number>(size).fill(0)
  const information = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  const mean = new Float64Array(size)
  const weights = new Float64Array(choices.reduce((most, { length }) => Math.max(most, length), 0))
  for (const choice of choices) {
    weigh(choice, beta, weights)
    value += ln(weights[0]!)
    mean.fill(0)
    for (let who = 0; who < choice.length; who++)
      for (let at = 0; at < size; at++) mean[at]! += weights[who]! * choice[who]![at]!
    for (let row = 0; row < size; row++) {
      gradient[row]! += choice[0]![row]! - mean[row]!
      const sums = information[row]!
      for (let column = 0; column <= row; column++) {
        let spread = 0
        for (let who = 0; who < choice.length; who++) {
          const x = choice[who]!
          spread += weights[who]! * (x[row]! - mean[row]!) * (x[column]! - mean[column]!)
        }
        sums[column]! += spread
      }
    }
  }
  // Exactly symmetric: the two halves of a sum in another order differ in the last digit.
  for (let row = 0; row < size; row++)
    for (let column = row + 1; column < size; column++) information[row]![column] = information[column]![row]!
  return { value, gradient, information }
}

/** Puts the probability of each to take the place into the first of `weights`. */
function weigh(choice: Choice, beta: readonly number[], weights: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY
  for (let who = 0; who < choice.length; who++) {
    let weight = 0
    for (let at = 0; at < beta.length; at++) weight += choice[who]![at]! * beta[at]!
    weights[who] = weight
    top = Math.max(top, weight)
  }
  let total = 0
  for (let who = 0; who < choice.length; who++) {
    weights[who] = exp(weights[who]! - top)
    total += weights[who]!
  }
  for (let who = 0; who < choice.length; who++) weights[who]! /= total
}

/** The attributes of a tender's bidders, lowest bid first, of equal ones the first in order. */
function rankingsOf(matrix: BidMatrix): Choice[] {
  const { costs, utilisation } = matrix
  if (costs === null) return []
  return matrix.tenders.flatMap((tender, at) => {
    const scale = scaleOf(tender)
    if (scale === null) return []
    const bids = rowOf(matrix, matrix.bids, at)
    const own = rowOf(matrix, costs, at)
    const busy = utilisation === null ? null : rowOf(matrix, utilisation, at)
    const known = [...bids.keys()].filter((bidder) => isPresent(bids[bidder]!))
    const isComplete = known.every(
      (bidder) => isPresent(own[bidder]!) && (busy === null || isPresent(busy[bidder]!)),
    )
    if (known.length < FEWEST_BIDS || !isComplete) return []
    return [
      known
        .sort((a, b) => bids[a]! - bids[b]! || a - b)
        .map((bidder) => [own[bidder]! / scale, ...(busy === null ? [] : [busy[bidder]!])]),
    ]
  })
}
