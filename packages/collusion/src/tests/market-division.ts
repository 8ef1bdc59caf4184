/**
 * Whether winners keep to their own chain (or asset): Pearson's χ² of wins by place and bidder, empty lines dropped,
 * and Cramér's V, 0 for none and 1 for complete division (H. Cramér, Mathematical Methods of Statistics, 1946, 21.9).
 */
import { chiSquareAbove } from '../statistics/tail-probabilities.ts'

export interface MarketDivision {
  /** Places in order × bidders. */
  readonly wins: readonly (readonly number[])[]
  readonly places: readonly string[]
  readonly chi2: number
  readonly df: number
  readonly p: number
  readonly cramers_v: number
}

/**
 * Null when there are fewer than two places with wins or fewer than two winners.
 *
 * @param places of each tender, null where unknown: that tender is left out
 */
export function marketDivisionOf(
  winners: ArrayLike<number>,
  places: readonly (string | null)[],
  n: number,
): MarketDivision | null {
  const names = placesInOrder(places)
  const wins = names.map(() => new Array<number>(n).fill(0))
  for (const [tender, place] of places.entries()) {
    const winner = winners[tender]!
    if (place !== null && winner >= 0) wins[names.indexOf(place)]![winner]!++
  }
  const test = pearson(wins)
  return test === null ? null : { wins, places: names, ...test }
}

/** Distinct names, numbers before words and by size. */
function placesInOrder(places: readonly (string | null)[]): string[] {
  const names = [...new Set(places.filter((place) => place !== null))]
  const isNumbers = names.every((name) => /^\d+$/.test(name))
  return isNumbers ? names.sort((a, b) => Number(a) - Number(b)) : names.sort((a, b) => (a < b ? -1 : 1))
}

function pearson(table: readonly (readonly number[])[]) {
  const rowSums = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columnSums = table[0]?.map((_, column) => table.reduce((sum, row) => sum + row[column]!, 0)) ?? []
  const total = rowSums.reduce((sum, count) => sum + count, 0)
  const [rows, columns] = [rowSums, columnSums].map((sums) => sums.filter((sum) => sum > 0).length) as [
    number,
    number,
  ]
  if (rows < 2 || columns < 2) return null
  let chi2 = 0
  for (const [row, counts] of table.entries()) {
    for (const [column, count] of counts.entries()) {
      const expected = (rowSums[row]! * columnSums[column]!) / total
      if (expected > 0) chi2 += ((count - expected) * (count - expected)) / expected
    }
  }
  const df = (rows - 1) * (columns - 1)
  const cramers_v = Math.sqrt(chi2 / (total * (Math.min(rows, columns) - 1)))
  return { chi2, df, p: chiSquareAbove(chi2, df), cramers_v }
}
