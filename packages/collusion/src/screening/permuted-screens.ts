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
import { fastShuffle } from './fast-shuffle.ts'
import { addDistances, addScreens } from './screen-sums.ts'

export type ScreenPValues = Readonly<Record<ScreenName, number | null>>

/** Null where no tender has a scale. Each p is one-sided, in the direction in which collusion moves the screen. */
export function permutedScreenPValues(
  matrix: BidMatrix,
  permutations: number,
  state: GeneratorState,
): ScreenPValues | null {
  const packed = pack(matrix)
  if (packed === null) return null
  const observed = meansOf(packed, [addScreens, addDistances])
  const asExtreme = new Int32Array(SCREENS.length)
  const drawn = new Int32Array(SCREENS.length)
  const sortedEvery = Math.max(1, Math.floor(permutations / SORTED))
  const shuffle = fastShuffle(state)
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (const { values, places } of packed.permuted) {
      shuffle(values)
      for (let at = 0; at < values.length; at++) packed.bids[places[at]!] = values[at]!
    }
    const means = meansOf(packed, permutation % sortedEvery === 0 ? [addScreens, addDistances] : [addScreens])
    for (let screen = 0; screen < SCREENS.length; screen++) {
      if (Number.isNaN(means[screen])) continue
      drawn[screen]!++
      const direction = DIRECTIONS[SCREENS[screen]!]
      if (direction * means[screen]! >= direction * observed[screen]! - ROUNDING) asExtreme[screen]!++
    }
  }
  return Object.fromEntries(
    SCREENS.map((name, screen) => [
      name,
      Number.isNaN(observed[screen]!) ? null : (1 + asExtreme[screen]!) / (1 + drawn[screen]!),
    ]),
  ) as Record<ScreenName, number | null>
}

/**
 * Distances to distributions need every bid in order, which costs more than all else: they are taken of every
 * permutation up to this many, beyond of so many at least.
 */
const SORTED = 2_500

/** Means of the same numbers in another order differ by this much. */
const ROUNDING = 1e-12

interface Packed {
  /** Bids over the scale, tender after tender, without gaps. */
  readonly bids: Float64Array
  /** Where each tender's bids begin; one more entry for the end. */
  readonly starts: Int32Array
  /** Each bidder's bids, and where in `bids` they belong; of one bidder they stay: only the others' order against it counts. */
  readonly permuted: readonly { readonly values: Float64Array; readonly places: Int32Array }[]
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
  const all = Float64Array.from(bids)
  return {
    bids: all,
    starts: Int32Array.from(starts),
    permuted: places
      .filter((own) => own.length > 1)
      .sort((a, b) => a.length - b.length)
      .slice(0, -1)
      .map((own) => ({
        values: Float64Array.from(own, (place) => all[place]!),
        places: Int32Array.from(own),
      })),
  }
}

/** NaN for a screen that no tender has, or that none of `measures` adds. */
function meansOf({ bids, starts }: Packed, measures: readonly (typeof addScreens)[]): Float64Array {
  const sums = new Float64Array(SCREENS.length)
  const counts = new Int32Array(SCREENS.length)
  for (const add of measures)
    for (let tender = 0; tender + 1 < starts.length; tender++)
      add(bids, starts[tender]!, starts[tender + 1]!, sums, counts)
  for (let screen = 0; screen < SCREENS.length; screen++) sums[screen] = sums[screen]! / counts[screen]!
  return sums
}
