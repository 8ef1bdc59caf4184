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
  const width = 1 + winners.reduce((most, winner) => Math.max(most, winner), 0)
  const transitions = transitionCounter(winners.length, width)
  const divisions = Object.entries(places).map(([name, place]) => ({
    name,
    score: divisionCounter(place, width),
    asExtreme: 0,
    observed: 0,
  }))
  const observed = transitions(winners)
  for (const division of divisions) division.observed = division.score(winners)
  const shuffled = winners.slice()
  const { shuffle } = fastShuffle(state)
  let [G, few, many] = [0, 0, 0]
  for (let permutation = 0; permutation < permutations; permutation++) {
    shuffle(shuffled)
    const { entropy, repeats } = transitions(shuffled)
    if (entropy >= observed.entropy - ROUNDING) G++
    if (repeats <= observed.repeats) few++
    if (repeats >= observed.repeats) many++
    for (const division of divisions)
      if (division.score(shuffled) >= division.observed - ROUNDING) division.asExtreme++
  }
  const p = (asExtreme: number) => (1 + asExtreme) / (1 + permutations)
  return {
    transition_G: p(G),
    few_repeats: p(few),
    many_repeats: p(many),
    division: Object.fromEntries(
      divisions.map(({ name, asExtreme, observed: score }) => [
        name,
        Number.isNaN(score) ? null : p(asExtreme),
      ]),
    ),
  }
}

const ROUNDING = 1e-9

/** Σ N ln N − Σ R ln R − Σ C ln C, which is G up to a constant, and the repeats; linear in the number of tenders. */
function transitionCounter(length: number, width: number) {
  const nlnn = Float64Array.from({ length: length + 1 }, (_, n) => (n === 0 ? 0 : n * ln(n)))
  const cells = new Int32Array(width * width)
  const rows = new Int32Array(width)
  const columns = new Int32Array(width)
  return (sequence: Int32Array) => {
    rows.fill(0)
    columns.fill(0)
    let repeats = 0
    for (let at = 1; at < length; at++) {
      const [from, to] = [sequence[at - 1]!, sequence[at]!]
      cells[from * width + to]!++
      rows[from]!++
      columns[to]!++
      if (from === to) repeats++
    }
    let entropy = 0
    for (let at = 1; at < length; at++) {
      const cell = sequence[at - 1]! * width + sequence[at]!
      entropy += nlnn[cells[cell]!]!
      cells[cell] = 0
    }
    for (let bidder = 0; bidder < width; bidder++) entropy -= nlnn[rows[bidder]!]! + nlnn[columns[bidder]!]!
    return { entropy, repeats }
  }
}

/** Σ N² / (R C), which is χ² up to constants; NaN below two places or winners. */
function divisionCounter(place: Int32Array, width: number) {
  const height = 1 + place.reduce((most, at) => Math.max(most, at), -1)
  const cells = new Int32Array(Math.max(0, height) * width)
  const rows = new Int32Array(Math.max(0, height))
  const columns = new Int32Array(width)
  return (sequence: Int32Array): number => {
    if (height < 2) return Number.NaN
    cells.fill(0)
    rows.fill(0)
    columns.fill(0)
    for (let at = 0; at < sequence.length; at++) {
      const [row, column] = [place[at]!, sequence[at]!]
      if (row < 0) continue
      cells[row * width + column]!++
      rows[row]!++
      columns[column]!++
    }
    let score = 0
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const count = cells[row * width + column]!
        if (count > 0) score += (count * count) / (rows[row]! * columns[column]!)
      }
    }
    return score
  }
}
