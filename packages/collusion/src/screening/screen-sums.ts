/**
 * The screens of a tender added to sums, without an allocation: the same as `screensOf`, which the test compares it
 * with. Places in the sums are those of `SCREENS`.
 */
import { SCREENS, type ScreenName } from '../screens/tender-screens.ts'

const NEGLIGIBLE = 1e-9
const MOST_INSERTED = 32

const place = (name: ScreenName) => SCREENS.indexOf(name)
const [CV, SPD, D, DIFFP] = [place('cv'), place('spd'), place('d'), place('diffp')]
const [SKEW, KURT, KS_UNIFORM, KS_RANK] = [
  place('skew'),
  place('kurt'),
  place('ks_uniform'),
  place('ks_rank'),
]
const [RD, RDNOR, RDALT] = [place('rd'), place('rdnor'), place('rdalt')]

/** Adds every screen but the two of {@link addDistances}, of the positive bids from `start` to before `end`. */
export function addScreens(
  bids: Float64Array,
  start: number,
  end: number,
  sums: Float64Array,
  counts: Int32Array,
): void {
  const n = end - start
  if (n < 2) return
  let sum = 0
  let lowest = Number.POSITIVE_INFINITY
  let second = Number.POSITIVE_INFINITY
  let highest = 0
  for (let at = start; at < end; at++) {
    const bid = bids[at]!
    sum += bid
    // Without branches: which bid is the lowest nobody foretells, the processor neither.
    second = Math.min(second, Math.max(lowest, bid))
    lowest = Math.min(lowest, bid)
    highest = Math.max(highest, bid)
  }
  const mean = sum / n
  let squares = 0
  let cubes = 0
  let fourths = 0
  for (let at = start; at < end; at++) {
    const bid = bids[at]!
    const off = bid - mean
    const square = off * off
    squares += square
    cubes += square * off
    fourths += square * square
  }
  const nothing = NEGLIGIBLE * mean
  const difference = second - lowest
  const range = highest - lowest
  const variance = squares / (n - 1)
  const sd = Math.sqrt(variance)
  sums[CV]! += sd / mean
  sums[SPD]! += range / lowest
  sums[D]! += difference
  sums[DIFFP]! += difference / lowest
  counts[CV]!++
  counts[SPD]!++
  counts[D]!++
  counts[DIFFP]!++
  if (n < 3) return
  if (sd > nothing) {
    sums[SKEW]! += ((n / ((n - 1) * (n - 2))) * cubes) / (variance * sd)
    counts[SKEW]!++
    if (n > 3) {
      const tail = (n - 2) * (n - 3)
      const weight = (n * (n + 1)) / ((n - 1) * tail)
      sums[KURT]! += (weight * fourths) / (variance * variance) - (3 * (n - 1) * (n - 1)) / tail
      counts[KURT]!++
    }
  }
  const losersSd = Math.sqrt(losersSquaresOf(bids, start, end, { lowest, mean, squares }) / (n - 2))
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

interface Moments {
  readonly lowest: number
  readonly mean: number
  /** Sum of squares about the mean. */
  readonly squares: number
}

/** Where the lowest bid makes nearly all of the spread, taking it out of the sum leaves only rounding. */
const MOSTLY_LOWEST = 1e-6

/** Sum of squares of all bids but the lowest, about their own mean. */
function losersSquaresOf(
  bids: Float64Array,
  start: number,
  end: number,
  { lowest, mean, squares }: Moments,
): number {
  const n = end - start
  const off = lowest - mean
  const rest = squares - (off * off * n) / (n - 1)
  if (rest > MOSTLY_LOWEST * squares) return rest
  const losersMean = mean - off / (n - 1)
  let [sum, isLowestSeen] = [0, false]
  for (let at = start; at < end; at++) {
    const bid = bids[at]!
    if (bid === lowest && !isLowestSeen) isLowestSeen = true
    else sum += (bid - losersMean) * (bid - losersMean)
  }
  return sum
}

let sorted = new Float64Array(MOST_INSERTED)

/** Adds the Kolmogorov–Smirnov distances, which alone need all bids in order. */
export function addDistances(
  bids: Float64Array,
  start: number,
  end: number,
  sums: Float64Array,
  counts: Int32Array,
): void {
  const n = end - start
  if (n < 2) return
  const mean = sort(bids, start, end) / n
  const lowest = sorted[0]!
  const range = sorted[n - 1]! - lowest
  if (range <= NEGLIGIBLE * mean) return
  let [uniform, rank] = [0, 0]
  for (let at = 0; at < n; at++) {
    const x = (sorted[at]! - lowest) / range
    uniform = Math.max(uniform, (at + 1) / n - x, x - at / n)
    rank = Math.max(rank, Math.abs(x - (at + 1) / (n + 1)))
  }
  sums[KS_UNIFORM]! += uniform
  sums[KS_RANK]! += rank
  counts[KS_UNIFORM]!++
  counts[KS_RANK]!++
}

/** Copies in ascending order into `sorted`; their sum. Insertion is quickest for the few bids that tenders have. */
function sort(bids: Float64Array, start: number, end: number): number {
  const n = end - start
  if (n > sorted.length) sorted = new Float64Array(2 * n)
  const values = sorted
  let sum = 0
  if (n > MOST_INSERTED) {
    values.set(bids.subarray(start, end))
    values.subarray(0, n).sort((a, b) => a - b)
    for (let at = 0; at < n; at++) sum += values[at]!
    return sum
  }
  for (let at = 0; at < n; at++) {
    const bid = bids[start + at]!
    sum += bid
    let to = at
    for (; to > 0 && values[to - 1]! > bid; to--) values[to] = values[to - 1]!
    values[to] = bid
  }
  return sum
}
