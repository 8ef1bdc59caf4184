/**
 * What the order of winners would look like if it meant nothing: winners are put into another order, and transitions,
 * repeats, runs and the division by place are counted again.
 */
import type { GeneratorState } from '@solvent/kernel'
import { ln } from '@solvent/primitives'
import { fastShuffle } from './fast-shuffle.ts'

export interface WinnerPValues {
  /** Winners foretell the next winner; the same for mutual information, which is G / (2 (T − 1)). */
  readonly transition_G: number
  /** Fewer repeats than by chance: they take turns. The same for runs: more of them. */
  readonly few_repeats: number
  /** More repeats than by chance: someone keeps winning for a while. */
  readonly many_repeats: number
  /** Winners keep to a place; null where there are no two places. */
  readonly division: Readonly<Record<string, number | null>>
}

/** @param places for each name, the place of each winner's tender as a number from 0, −1 where unknown */
export function permutedWinnerPValues(
  winners: Int32Array,
  places: Readonly<Record<string, Int32Array>>,
  permutations: number,
  state: GeneratorState,
): WinnerPValues {
  const totals = totalsOf(winners)
  const transitions = transitionCounter(totals)
  const names = Object.keys(places)
  const divisions = divisionCounter(Object.values(places), totals)
  const observed = transitions(winners)
  const observedDivisions = divisions(winners).slice()
  const divided = names.map(() => 0)
  const shuffled = winners.slice()
  const { shuffle } = fastShuffle(state)
  let [G, few, many] = [0, 0, 0]
  for (let permutation = 0; permutation < permutations; permutation++) {
    shuffle(shuffled)
    const { entropy, repeats } = transitions(shuffled)
    if (entropy >= observed.entropy - ROUNDING) G++
    if (repeats <= observed.repeats) few++
    if (repeats >= observed.repeats) many++
    const scores = divisions(shuffled)
    for (let at = 0; at < names.length; at++)
      if (scores[at]! >= observedDivisions[at]! - ROUNDING) divided[at]!++
  }
  const p = (asExtreme: number) => (1 + asExtreme) / (1 + permutations)
  return {
    transition_G: p(G),
    few_repeats: p(few),
    many_repeats: p(many),
    division: Object.fromEntries(
      names.map((name, at) => [name, Number.isNaN(observedDivisions[at]) ? null : p(divided[at]!)]),
    ),
  }
}

const ROUNDING = 1e-9

/** The wins of each, whatever their order. */
function totalsOf(winners: Int32Array): Int32Array {
  const totals = new Int32Array(1 + winners.reduce((most, winner) => Math.max(most, winner), 0))
  for (const winner of winners) totals[winner]!++
  return totals
}

/**
 * Σ N ln N − Σ R ln R − Σ C ln C, which is G up to a constant, and the repeats; linear in the number of tenders. Rows and columns
 * are everyone's wins but for who was last and who was first.
 */
function transitionCounter(totals: Int32Array) {
  const width = totals.length
  const length = totals.reduce((sum, wins) => sum + wins, 0)
  const nlnn = Float64Array.from({ length: length + 1 }, (_, n) => (n === 0 ? 0 : n * ln(n)))
  const cells = new Int32Array(width * width)
  const margins = 2 * totals.reduce((sum, wins) => sum + nlnn[wins]!, 0)
  const without = (winner: number) => nlnn[totals[winner]!]! - nlnn[totals[winner]! - 1]!
  return (sequence: Int32Array) => {
    if (length === 0) return { entropy: 0, repeats: 0 }
    let from = sequence[0]!
    let entropy = without(from) - margins
    for (let at = 1; at < length; at++) {
      const to = sequence[at]!
      cells[from * width + to]!++
      from = to
    }
    entropy += without(from)
    let repeats = 0
    for (let winner = 0; winner < width; winner++) repeats += cells[winner * width + winner]!
    // Each cell that is not empty is met where it was counted, and emptied.
    for (let at = 1; at < length; at++) {
      const cell = sequence[at - 1]! * width + sequence[at]!
      entropy += nlnn[cells[cell]!]!
      cells[cell] = 0
    }
    return { entropy, repeats }
  }
}

/**
 * For each kind of place Σ N² / (R C), which is χ² up to constants; NaN below two places. Places that come together are counted
 * together, and how many tenders each has, no order changes.
 */
function divisionCounter(places: readonly Int32Array[], totals: Int32Array) {
  const width = totals.length
  const { combined, combinations } = combinedPlaces(places, width)
  const cells = new Int32Array(combinations.length * width)
  const kinds = places.map((place, kind) => {
    const heights = new Int32Array(1 + place.reduce((most, at) => Math.max(most, at), -1))
    for (const at of place) if (at >= 0) heights[at]!++
    const rows = combinations.map((combination) => combination[kind]!)
    return { rows, heights, counts: new Int32Array(heights.length * width) }
  })
  const scores = new Float64Array(places.length)
  return (sequence: Int32Array): Float64Array => {
    cells.fill(0)
    for (let at = 0; at < sequence.length; at++) cells[combined[at]! + sequence[at]!]!++
    for (const [kind, { rows, heights, counts }] of kinds.entries())
      scores[kind] = heights.length < 2 ? Number.NaN : scoreOf({ cells, rows, heights, counts, width })
    return scores
  }
}

interface PlaceCounts {
  readonly cells: Int32Array
  /** Of each combination of places the place of this kind, −1 for none. */
  readonly rows: readonly number[]
  readonly heights: Int32Array
  /** Room for wins by place and bidder. */
  readonly counts: Int32Array
  readonly width: number
}

function scoreOf({ cells, rows, heights, counts, width }: PlaceCounts): number {
  counts.fill(0)
  for (const [combination, row] of rows.entries()) {
    if (row < 0) continue
    for (let column = 0; column < width; column++)
      counts[row * width + column]! += cells[combination * width + column]!
  }
  let score = 0
  for (let column = 0; column < width; column++) {
    let wins = 0
    let part = 0
    for (let row = 0; row < heights.length; row++) {
      const count = counts[row * width + column]!
      wins += count
      if (count > 0) part += (count * count) / heights[row]!
    }
    if (wins > 0) score += part / wins
  }
  return score
}

/** Where each tender's combination of places begins in a table with a row for each, and the combinations. */
function combinedPlaces(places: readonly Int32Array[], width: number) {
  const numbers = new Map<string, number>()
  const combinations: number[][] = []
  const combined = Int32Array.from({ length: places[0]?.length ?? 0 }, (_, at) => {
    const combination = places.map((place) => place[at]!)
    const key = combination.join()
    const known = numbers.get(key)
    if (known !== undefined) return known * width
    numbers.set(key, combinations.length)
    return (combinations.push(combination) - 1) * width
  })
  return { combined, combinations }
}
