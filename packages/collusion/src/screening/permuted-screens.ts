/**
 * What the mean of each screen would be if bidders bid independently of each other: everyone's bids over the tender's
 * scale are put into another order of tenders, each bidder's by itself, and the screens are taken again.
 *
 * Valid when a bidder's bids over the scale are exchangeable over tenders; a shock to everyone's costs that the scale
 * does not carry breaks that as a cartel does. p = (1 + as extreme) / (1 + permutations), B. Phipson, G. Smyth,
 * "Permutation p-values should never be zero", SAGMB 9(1), 2010.
 */
import type { GeneratorState } from '@solvent/kernel'
import { type BidMatrix, isPresent, scaleOf } from '../bids/bid-matrix.ts'
import { DIRECTIONS, SCREENS, type ScreenName } from '../screens/tender-screens.ts'
import { meanOf, standardDeviationOf } from '../statistics/moments.ts'
import { fastShuffle } from './fast-shuffle.ts'
import { addDistances } from './screen-distances.ts'
import { addScreens, type RankedBids, rankedBids } from './screen-sums.ts'

export type ScreenPValues = Readonly<Record<ScreenName, number | null>>

/** Null where no tender has a scale. Each p is one-sided, in the direction in which collusion moves the screen. */
export function permutedScreenPValues(
  matrix: BidMatrix,
  permutations: number,
  state: GeneratorState,
): ScreenPValues | null {
  const packed = pack(matrix)
  if (packed === null) return null
  const observed = meansOf(packed.market, 'all')
  const asExtreme = new Int32Array(SCREENS.length)
  const drawn = new Int32Array(SCREENS.length)
  permute(packed, permutations, state, (means) => {
    for (let screen = 0; screen < SCREENS.length; screen++) {
      if (Number.isNaN(means[screen])) continue
      drawn[screen]!++
      const direction = DIRECTIONS[SCREENS[screen]!]
      if (direction * means[screen]! >= direction * observed[screen]! - ROUNDING) asExtreme[screen]!++
    }
  })
  return Object.fromEntries(
    SCREENS.map((name, screen) => [
      name,
      Number.isNaN(observed[screen]!) ? null : (1 + asExtreme[screen]!) / (1 + drawn[screen]!),
    ]),
  ) as Record<ScreenName, number | null>
}

export type ScreenExcess = Readonly<Record<ScreenName, number | null>>

/**
 * How many standard deviations the mean screens of a market are above those of its own permutations: what bids have of each
 * other, whatever rule of pricing shapes each of them. Null where no tender has a scale, or where permutations change nothing.
 */
export function screenExcess(
  matrix: BidMatrix,
  permutations: number,
  state: GeneratorState,
): ScreenExcess | null {
  const packed = pack(matrix)
  if (packed === null) return null
  const observed = meansOf(packed.market, 'all')
  const drawn: Float64Array[] = []
  permute(packed, permutations, state, (means) => drawn.push(means))
  return Object.fromEntries(
    SCREENS.map((name, screen) => {
      const values = drawn.map((means) => means[screen]!).filter((value) => !Number.isNaN(value))
      const mean = meanOf(values)
      const sd = standardDeviationOf(values)
      const isSpread = sd > ROUNDING * Math.abs(mean)
      return [name, isSpread && !Number.isNaN(observed[screen]!) ? (observed[screen]! - mean) / sd : null]
    }),
  ) as Record<ScreenName, number | null>
}

/** @param take the means of each permutation, NaN for a screen that is left out of it */
function permute(
  { market, permuted }: Packed,
  permutations: number,
  state: GeneratorState,
  take: (means: Float64Array) => void,
): void {
  const sortedEvery = Math.max(1, Math.floor(permutations / SORTED))
  const { shuffle, below } = fastShuffle(state)
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (const { values, places } of permuted) {
      const isTurned = permutation % SHUFFLED_EVERY !== 0 && values.length >= FEWEST_TURNED
      if (!isTurned) shuffle(values)
      layOut(values, isTurned ? below(values.length) : 0, places, market.ranks)
    }
    take(meansOf(market, permutation % sortedEvery === 0 ? 'all' : 'without-distances'))
  }
}

/**
 * Distances to distributions need the bids of a tender in order, which costs as much as all else: they are taken of every
 * permutation up to this many, beyond of so many at least.
 */
const SORTED = 2_500

/**
 * Long series are shuffled for every eighth permutation; for those between, each bidder's shuffled series is turned by an
 * offset of its own. A shuffled series that is turned is as good as shuffled, and permutations of one shuffle depend on
 * each other hardly at all: over all offsets every bid meets every other as often, so that the mean of a screen's mean over
 * them is the same whatever the shuffle was, and two of them are uncorrelated.
 */
const SHUFFLED_EVERY = 8
const FEWEST_TURNED = 100

/** Means of the same numbers in another order differ by this much. */
const ROUNDING = 1e-12

interface Packed {
  readonly market: RankedBids
  /** Each bidder's bids as ranks, and where in the market they belong; of one bidder they stay: only the others' order against it counts. */
  readonly permuted: readonly { readonly values: Int32Array; readonly places: Int32Array }[]
}

function pack(matrix: BidMatrix): Packed | null {
  const width = matrix.bidders.length
  const bids: number[] = []
  const starts: number[] = [0]
  const places = matrix.bidders.map((): number[] => [])
  for (const [tender, info] of matrix.tenders.entries()) {
    const scale = scaleOf(info)
    if (scale === null) continue
    for (let bidder = 0; bidder < width; bidder++) {
      const bid = matrix.bids[tender * width + bidder]!
      if (!isPresent(bid)) continue
      places[bidder]!.push(bids.length)
      bids.push(bid / scale)
    }
    if (bids.length > starts.at(-1)!) starts.push(bids.length)
  }
  if (starts.length < 3) return null
  const market = rankedBids(Float64Array.from(bids), Int32Array.from(starts))
  return {
    market,
    permuted: places
      .filter((own) => own.length > 1)
      .sort((a, b) => a.length - b.length)
      .slice(0, -1)
      .map((own) => ({
        values: Int32Array.from(own, (place) => market.ranks[place]!),
        places: Int32Array.from(own),
      })),
  }
}

/** Puts a series, begun at an offset, in its places. */
function layOut(values: Int32Array, offset: number, places: Int32Array, into: Int32Array): void {
  const before = values.length - offset
  for (let at = 0; at < before; at++) into[places[at]!] = values[at + offset]!
  for (let at = before; at < values.length; at++) into[places[at]!] = values[at - before]!
}

/** NaN for a screen that no tender has, or that is left out. */
function meansOf(market: RankedBids, which: 'all' | 'without-distances'): Float64Array {
  const sums = new Float64Array(SCREENS.length)
  const counts = new Int32Array(SCREENS.length)
  addScreens(market, { sums, counts })
  if (which === 'all') addDistances(market, { sums, counts })
  for (let screen = 0; screen < SCREENS.length; screen++) sums[screen] = sums[screen]! / counts[screen]!
  return sums
}
