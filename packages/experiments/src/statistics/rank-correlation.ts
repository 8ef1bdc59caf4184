// Whether two lists rise and fall together, whatever the scale of either.
//
// Sources: C. Spearman, "The proof and measurement of association between two things", Amer. J. Psychol. 15, 1904, its p by
// Student's t, and of full agreement by counting orders; M. Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945 (τ-b), counted in n log n steps
// by W. Knight, J. Amer. Statist. Assoc. 61, 1966, its p by the normal distribution with the variance for ties (Kendall,
// Gibbons, "Rank Correlation Methods", 5th ed., 1990, ch. 4).
import { fAbove, normalTwoSided } from '@solvent/collusion'
import { sampleRankCorrelation } from 'simple-statistics'

export interface RankCorrelation {
  readonly value: number
  /** Two-sided, that there is none. */
  readonly p: number
}

/** Null below three pairs, and where one of the two never moves. */
export function spearman(left: readonly number[], right: readonly number[]): RankCorrelation | null {
  const n = left.length
  const raw = n < 3 ? Number.NaN : sampleRankCorrelation([...left], [...right])
  if (!Number.isFinite(raw)) return null
  const value = Math.max(-1, Math.min(1, raw))
  const rest = 1 - value * value
  return { value, p: rest <= 0 ? orderChance(n) : fAbove((value * value * (n - 2)) / rest, 1, n - 2) }
}

/** That n ranks without ties come in one of the two orders that agree in full: 2/n!. */
function orderChance(n: number): number {
  let chance = 1
  for (let rank = 3; rank <= n; rank++) chance /= rank
  return chance
}

/** Null below three pairs, and where one of the two never moves. */
export function kendall(left: readonly number[], right: readonly number[]): RankCorrelation | null {
  const n = left.length
  if (n < 3) return null
  const order = [...left.keys()].sort((a, b) => left[a]! - left[b]! || right[a]! - right[b]!)
  const x = order.map((at) => left[at]!)
  const y = order.map((at) => right[at]!)
  const tiedX = tieSums(runs(x))
  const both = tieSums(
    runs(
      x.map((_, at) => at),
      (a, b) => x[a] === x[b] && y[a] === y[b],
    ),
  )
  const swaps = sortCountingSwaps(y)
  const tiedY = tieSums(runs(y))
  const pairs = (n * (n - 1)) / 2
  const scale = Math.sqrt((pairs - tiedX.pairs) * (pairs - tiedY.pairs))
  if (scale === 0) return null
  const score = pairs - tiedX.pairs - tiedY.pairs + both.pairs - 2 * swaps
  const size = n * (n - 1)
  const variance =
    (size * (2 * n + 5) - tiedX.fives - tiedY.fives) / 18 +
    (tiedX.triples * tiedY.triples) / (9 * size * (n - 2)) +
    (2 * tiedX.pairs * tiedY.pairs) / size
  return {
    value: Math.max(-1, Math.min(1, score / scale)),
    p: variance > 0 ? normalTwoSided(score / Math.sqrt(variance)) : 1,
  }
}

/** Ranks from 1 on; equal values share the mean of theirs. @example midranks([5, 1, 5]) // [2.5, 1, 2.5] */
export function midranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const ranks = new Array<number>(values.length)
  let from = 0
  for (const length of runs(order.map((at) => values[at]!))) {
    for (let at = from; at < from + length; at++) ranks[order[at]!] = from + (length + 1) / 2
    from += length
  }
  return ranks
}

/** The lengths of runs of equal neighbours. */
function runs(values: readonly number[], same = (a: number, b: number) => a === b): number[] {
  const lengths: number[] = []
  for (const [at, value] of values.entries()) {
    if (at > 0 && same(values[at - 1]!, value)) lengths[lengths.length - 1]! += 1
    else lengths.push(1)
  }
  return lengths
}

function tieSums(lengths: readonly number[]): { pairs: number; triples: number; fives: number } {
  const sums = { pairs: 0, triples: 0, fives: 0 }
  for (const length of lengths) {
    const pairs = length * (length - 1)
    sums.pairs += pairs / 2
    sums.triples += pairs * (length - 2)
    sums.fives += pairs * (2 * length + 5)
  }
  return sums
}

/** Sorts in place, merging; equal values do not swap. @returns pairs that stood the wrong way round */
function sortCountingSwaps(values: number[]): number {
  let [from, into, swaps] = [values.slice(), new Array<number>(values.length), 0]
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length)
      const end = Math.min(start + 2 * width, values.length)
      let [left, right] = [start, middle]
      for (let at = start; at < end; at++) {
        const takesLeft = right >= end || (left < middle && from[left]! <= from[right]!)
        if (!takesLeft) swaps += middle - left
        into[at] = takesLeft ? from[left++]! : from[right++]!
      }
    }
    ;[from, into] = [into, from]
  }
  for (const [at, value] of from.entries()) values[at] = value
  return swaps
}
