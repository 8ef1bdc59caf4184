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

const NEGLIGIBLE = 1e-9

const place = (name: ScreenName) => SCREENS.indexOf(name)
const [CV, SPD, D, DIFFP] = [place('cv'), place('spd'), place('d'), place('diffp')]
const [SKEW, KURT, KS_UNIFORM, KS_RANK] = [
  place('skew'),
  place('kurt'),
  place('ks_uniform'),
  place('ks_rank'),
]
const [RD, RDNOR, RDALT] = [place('rd'), place('rdnor'), place('rdalt')]

/** Where bids are this much nearer to each other than to the centre, moments about it would leave only rounding. */
const NEAR_EACH_OTHER = 0.01

/** Adds every screen but the two of {@link addDistances}. */
export function addScreens(market: RankedBids, { sums, counts }: ScreenSums): void {
  const { ranks, starts, bidOf, centre } = market
  const factors = new Factors()
  for (let tender = 0; tender + 1 < starts.length; tender++) {
    const [start, end] = [starts[tender]!, starts[tender + 1]!]
    const n = end - start
    if (n < 2) continue
    let lowestRank = MOST_RANKS
    let secondRank = MOST_RANKS
    let highestRank = 0
    let [s1, s2, s3, s4] = [0, 0, 0, 0]
    for (let at = start; at < end; at++) {
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
    const lowest = bidOf[lowestRank]!
    const offMean = s1 / n
    const mean = centre + offMean
    let squares = s2 - offMean * s1
    let cubes = s3 - offMean * (3 * s2 - 2 * offMean * s1)
    let fourths = s4 - offMean * (4 * s3 - offMean * (6 * s2 - 3 * offMean * s1))
    if (squares < NEAR_EACH_OTHER * s2) {
      squares = cubes = fourths = 0
      for (let at = start; at < end; at++) {
        const off = bidOf[ranks[at]!]! - mean
        squares += off * off
        cubes += off * off * off
        fourths += off * off * off * off
      }
    }
    const nothing = NEGLIGIBLE * mean
    const difference = bidOf[secondRank]! - lowest
    const range = bidOf[highestRank]! - lowest
    const variance = squares / (n - 1)
    const sd = Math.sqrt(variance)
    const relative = 1 / lowest
    sums[CV]! += sd / mean
    sums[SPD]! += range * relative
    sums[D]! += difference
    sums[DIFFP]! += difference * relative
    counts[CV]!++
    counts[SPD]!++
    counts[D]!++
    counts[DIFFP]!++
    if (n < 3) continue
    if (n !== factors.n) factors.take(n)
    if (sd > nothing) {
      const inverse = 1 / variance
      sums[SKEW]! += factors.skew * cubes * inverse * inverse * sd
      counts[SKEW]!++
      if (n > 3) {
        sums[KURT]! += factors.kurt * fourths * inverse * inverse - factors.tail
        counts[KURT]!++
      }
    }
    const offLowest = lowest - mean
    const rest = squares - offLowest * offLowest * factors.lowest
    const losersSquares =
      rest > MOSTLY_LOWEST * squares ? rest : losersSquaresOf(market, start, end, lowestRank)
    const losersSd = Math.sqrt(losersSquares / (n - 2))
    if (losersSd > nothing) {
      sums[RD]! += difference / losersSd
      counts[RD]!++
    }
    if (range > nothing) {
      sums[RDNOR]! += (difference * (n - 1)) / range
      counts[RDNOR]!++
    }
    if (range - difference > nothing) {
      sums[RDALT]! += (difference * (n - 2)) / (range - difference)
      counts[RDALT]!++
    }
  }
}

/** Of whole numbers from 0 to below 2³⁰, by the sign of their difference: no branch that the processor would guess at. */
const smaller = (a: number, b: number) => b + ((a - b) & ((a - b) >> 31))
const larger = (a: number, b: number) => a - ((a - b) & ((a - b) >> 31))
const MOST_RANKS = 2 ** 30 - 1

/** What depends on the number of bids alone; mostly that of the tender before. */
class Factors {
  n = 0
  skew = 0
  kurt = 0
  tail = 0
  lowest = 0

  take(n: number): void {
    const tail = (n - 2) * (n - 3)
    this.n = n
    this.skew = n / ((n - 1) * (n - 2))
    this.kurt = (n * (n + 1)) / ((n - 1) * tail)
    this.tail = (3 * (n - 1) * (n - 1)) / tail
    this.lowest = n / (n - 1)
  }
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

/** Comparing each with each is quickest for the few bids that tenders have. */
const MOST_COMPARED = 32

/** Adds the Kolmogorov–Smirnov distances, which need the place of every bid in its tender. */
export function addDistances({ ranks, starts, bidOf }: RankedBids, { sums, counts }: ScreenSums): void {
  for (let tender = 0; tender + 1 < starts.length; tender++) {
    const [start, end] = [starts[tender]!, starts[tender + 1]!]
    const n = end - start
    if (n < 2) continue
    let lowestRank = MOST_RANKS
    let highestRank = 0
    let sum = 0
    for (let at = start; at < end; at++) {
      const rank = ranks[at]!
      sum += bidOf[rank]!
      lowestRank = smaller(lowestRank, rank)
      highestRank = larger(highestRank, rank)
    }
    const lowest = bidOf[lowestRank]!
    const range = bidOf[highestRank]! - lowest
    if (range <= (NEGLIGIBLE * sum) / n) continue
    const [perRange, half] = [1 / range, 0.5 / n]
    const sorted = n > MOST_COMPARED ? ranks.slice(start, end).sort((a, b) => a - b) : null
    let [uniform, rank] = [0, 0]
    for (let at = start; at < end; at++) {
      const own = sorted === null ? ranks[at]! : sorted[at - start]!
      let below = 0
      if (sorted !== null) below = at - start
      else for (let other = start; other < end; other++) below -= (ranks[other]! - own) >> 31
      const x = (bidOf[own]! - lowest) * perRange
      // The larger of (below + 1)/n − x and x − below/n.
      uniform = Math.max(uniform, Math.abs(x - (2 * below + 1) * half))
      rank = Math.max(rank, Math.abs(x - (below + 1) / (n + 1)))
    }
    sums[KS_UNIFORM]! += uniform + half
    sums[KS_RANK]! += rank
    counts[KS_UNIFORM]!++
    counts[KS_RANK]!++
  }
}
