/**
 * The screens of all tenders of a market in sums, without an allocation: the same as `screensOf`, which the test compares
 * them with. Places in the sums are those of `SCREENS`.
 *
 * Bids come as ranks in the market, so that who bid lowest is a matter of whole numbers, which processors compare
 * without guessing; permutation tests spend their time here.
 */
import { SCREENS, type ScreenName } from '../screens/tender-screens.ts'

/** The bids of a market, tender after tender, without gaps. */
export interface RankedBids {
  /** Of each bid among all of the market; of equal bids each has one of its own. */
  readonly ranks: Int32Array
  /** Where each tender's bids begin; one more entry for the end. */
  readonly starts: Int32Array
  /** The bid of each rank, ascending, above 0. */
  readonly bidOf: Float64Array
  /** A number amid the bids: moments are taken about it first. */
  readonly centre: number
}

/** @param bids above 0, tender after tender */
export function rankedBids(bids: Float64Array, starts: Int32Array): RankedBids {
  const order = Int32Array.from(bids.keys()).sort((a, b) => bids[a]! - bids[b]! || a - b)
  const ranks = new Int32Array(bids.length)
  for (const [rank, at] of order.entries()) ranks[at] = rank
  const sum = bids.reduce((all, bid) => all + bid, 0)
  return { ranks, starts, bidOf: Float64Array.from(order, (at) => bids[at]!), centre: sum / bids.length }
}

/** Sums over tenders, and how many tenders have the screen. */
export interface ScreenSums {
  readonly sums: Float64Array
  readonly counts: Int32Array
}

/** A denominator of at most this share of the mean bid counts as zero. */
export const NEGLIGIBLE = 1e-9

const place = (name: ScreenName) => SCREENS.indexOf(name)
const [CV, SPD, D, DIFFP] = [place('cv'), place('spd'), place('d'), place('diffp')]
const [SKEW, KURT] = [place('skew'), place('kurt')]
const [RD, RDNOR, RDALT] = [place('rd'), place('rdnor'), place('rdalt')]

/** Where bids are this much nearer to each other than to the centre, moments about it would leave only rounding. */
const NEAR_EACH_OTHER = 0.01

/** Adds every screen but the two of `addDistances`. Sums stand in local numbers, and of counts only what is missing is counted. */
export function addScreens(market: RankedBids, { sums, counts }: ScreenSums): void {
  const { ranks, starts, bidOf, centre } = market
  const factors = new Float64Array(FACTORS)
  let width = 0
  let [cv, spd, d, diffp, skew, kurt, rd, rdnor, rdalt] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  let [pairs, threes, fours] = [0, 0, 0]
  let [noMoments, noFourths, noRd, noRdnor, noRdalt] = [0, 0, 0, 0, 0]
  let start = 0
  for (let tender = 1; tender < starts.length; tender++) {
    const end = starts[tender]! | 0
    const n = (end - start) | 0
    const first = start
    start = end
    if (n < 2) continue
    let lowestRank = MOST_RANKS
    let secondRank = MOST_RANKS
    let highestRank = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    for (let at = first; at < end; at++) {
      const rank = ranks[at]!
      const off = bidOf[rank]! - centre
      const square = off * off
      s1 += off
      s2 += square
      s3 += square * off
      s4 += square * square
      const above = larger(lowestRank, rank)
      secondRank = smaller(secondRank, above)
      lowestRank = smaller(lowestRank, rank)
      highestRank = larger(highestRank, rank)
    }
    if (n !== width) {
      takeFactors(n, factors)
      width = n
    }
    const lowest = bidOf[lowestRank]!
    const offMean = s1 * factors[PER_BID]!
    const mean = centre + offMean
    let squares = s2 - offMean * s1
    let cubes = s3 - offMean * (3 * s2 - 2 * offMean * s1)
    let fourths = s4 - offMean * (4 * s3 - offMean * (6 * s2 - 3 * offMean * s1))
    if (squares < NEAR_EACH_OTHER * s2) {
      squares = cubes = fourths = 0
      for (let at = first; at < end; at++) {
        const off = bidOf[ranks[at]!]! - mean
        const square = off * off
        squares += square
        cubes += square * off
        fourths += square * square
      }
    }
    const nothing = NEGLIGIBLE * mean
    const difference = bidOf[secondRank]! - lowest
    const range = bidOf[highestRank]! - lowest
    const variance = squares * factors[PER_FREEDOM]!
    const sd = Math.sqrt(variance)
    const relative = 1 / lowest
    cv += sd / mean
    spd += range * relative
    d += difference
    diffp += difference * relative
    pairs++
    if (n < 3) continue
    threes++
    if (n > 3) fours++
    if (sd > nothing) {
      const inverse = 1 / variance
      const fourthInverse = inverse * inverse
      skew += factors[SKEW_FACTOR]! * cubes * fourthInverse * sd
      kurt += factors[KURT_FACTOR]! * fourths * fourthInverse - factors[KURT_TAIL]!
    } else {
      noMoments++
      if (n > 3) noFourths++
    }
    const offLowest = lowest - mean
    const rest = squares - offLowest * offLowest * factors[LOWEST_FACTOR]!
    const losersSquares =
      rest > MOSTLY_LOWEST * squares ? rest : losersSquaresOf(market, first, end, lowestRank)
    const losersSd = Math.sqrt(losersSquares * factors[PER_LOSER]!)
    if (losersSd > nothing) rd += difference / losersSd
    else noRd++
    if (range > nothing) rdnor += (difference * (n - 1)) / range
    else noRdnor++
    if (range - difference > nothing) rdalt += (difference * (n - 2)) / (range - difference)
    else noRdalt++
  }
  const add = (screen: number, sum: number, count: number) => {
    sums[screen]! += sum
    counts[screen]! += count
  }
  add(CV, cv, pairs)
  add(SPD, spd, pairs)
  add(D, d, pairs)
  add(DIFFP, diffp, pairs)
  add(SKEW, skew, threes - noMoments)
  add(KURT, kurt, fours - noFourths)
  add(RD, rd, threes - noRd)
  add(RDNOR, rdnor, threes - noRdnor)
  add(RDALT, rdalt, threes - noRdalt)
}

/** Of whole numbers from 0 to below 2³⁰, by the sign of their difference: no branch that the processor would guess at. */
const smaller = (a: number, b: number) => (b + ((a - b) & ((a - b) >> 31))) | 0
const larger = (a: number, b: number) => (a - ((a - b) & ((a - b) >> 31))) | 0
const MOST_RANKS = 2 ** 30 - 1

/** Places in {@link takeFactors}. */
const SKEW_FACTOR = 0
const KURT_FACTOR = 1
const KURT_TAIL = 2
const LOWEST_FACTOR = 3
const PER_BID = 4
const PER_FREEDOM = 5
const PER_LOSER = 6
const FACTORS = 7

/** What depends on the number of bids alone; mostly that of the tender before. */
function takeFactors(n: number, into: Float64Array): void {
  const tail = (n - 2) * (n - 3)
  into[SKEW_FACTOR] = n > 2 ? n / ((n - 1) * (n - 2)) : 0
  // Three bids have no kurtosis: nothing is added.
  into[KURT_FACTOR] = n > 3 ? (n * (n + 1)) / ((n - 1) * tail) : 0
  into[KURT_TAIL] = n > 3 ? (3 * (n - 1) * (n - 1)) / tail : 0
  into[LOWEST_FACTOR] = n / (n - 1)
  into[PER_BID] = 1 / n
  into[PER_FREEDOM] = 1 / (n - 1)
  into[PER_LOSER] = 1 / (n - 2)
}

/** Where the lowest bid makes nearly all of the spread, taking it out of the sum leaves only rounding. */
const MOSTLY_LOWEST = 1e-6

/** Sum of squares of all bids but the lowest, about their own mean. */
function losersSquaresOf(
  { ranks, bidOf }: RankedBids,
  start: number,
  end: number,
  lowestRank: number,
): number {
  let sum = 0
  for (let at = start; at < end; at++) if (ranks[at] !== lowestRank) sum += bidOf[ranks[at]!]!
  const mean = sum / (end - start - 1)
  let squares = 0
  for (let at = start; at < end; at++) {
    if (ranks[at] === lowestRank) continue
    const off = bidOf[ranks[at]!]! - mean
    squares += off * off
  }
  return squares
}
