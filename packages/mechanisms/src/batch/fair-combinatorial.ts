// The fair combinatorial auction (CoW Protocol: docs …/auctions/competition_rules.md, services/crates/winner-selection). A solution is
// scored by what it improves on the users' limits, per directed pair of tokens. Scores are exact, in units of one numeraire.
import { SolventError } from '@solvent/primitives'

/** What one solver proposes for one or several directed pairs, to be taken as a whole. */
export interface Solution {
  /** Unique in the auction. */
  readonly id: string
  readonly solver: string
  /** Surplus over the limits and fee, by directed pair. */
  readonly scores: ReadonlyMap<string, bigint>
}

export interface FairCombinatorialOutcome<S extends Solution = Solution> {
  /** Reference outcome of each pair: the best score among solutions for that pair alone. */
  readonly baseline: ReadonlyMap<string, bigint>
  /** Solutions for several pairs that leave one of them below its reference. */
  readonly filteredOut: readonly S[]
  /** All others that score anything, best first. */
  readonly fair: readonly S[]
  readonly winners: readonly S[]
  readonly totalScore: bigint
  /** By winning solver: the total without it, on the same fair solutions. */
  readonly referenceScores: ReadonlyMap<string, bigint>
}

/** CoW's default. */
const MOST_WINNERS = 20

/**
 * Filters, picks winners greedily by total score with disjoint pairs, and scores the auction without each winner.
 *
 * Greedy is not exact: a reference can exceed the total. The filter is not applied anew for references. Solutions of no score are
 * dropped; ties go by solver and id.
 */
export function fairCombinatorial<S extends Solution>(
  solutions: readonly S[],
  mostWinners: number = MOST_WINNERS,
): FairCombinatorialOutcome<S> {
  const baseline = baselineOf(solutions)
  const filteredOut = solutions.filter((solution) => isUnfair(solution, baseline))
  const unfair = new Set<S>(filteredOut)
  const ranked = rank(solutions.filter((solution) => !unfair.has(solution)))
  const winners = pick(ranked, mostWinners, null)
  const referenceScores = new Map<string, bigint>()
  for (const { solution } of winners)
    if (!referenceScores.has(solution.solver))
      referenceScores.set(solution.solver, totalOf(pick(ranked, mostWinners, solution.solver)))
  return {
    baseline,
    filteredOut,
    fair: ranked.map(({ solution }) => solution),
    winners: winners.map(({ solution }) => solution),
    totalScore: totalOf(winners),
    referenceScores,
  }
}

/** A solution with its total, and its pairs as small numbers. */
interface Ranked<S> {
  readonly solution: S
  readonly total: bigint
  readonly pairs: readonly number[]
}

function baselineOf(solutions: readonly Solution[]): Map<string, bigint> {
  const baseline = new Map<string, bigint>()
  for (const { scores } of solutions) {
    if (scores.size !== 1) continue
    for (const [pair, score] of scores) if (score > (baseline.get(pair) ?? 0n)) baseline.set(pair, score)
  }
  return baseline
}

/** Solutions for one pair are never filtered: otherwise references would collapse to nothing. */
function isUnfair({ scores }: Solution, baseline: ReadonlyMap<string, bigint>): boolean {
  if (scores.size <= 1) return false
  for (const [pair, score] of scores) if (score < (baseline.get(pair) ?? 0n)) return true
  return false
}

function rank<S extends Solution>(solutions: readonly S[]): Ranked<S>[] {
  const numbers = new Map<string, number>()
  const numberOf = (pair: string) => {
    const known = numbers.get(pair)
    if (known !== undefined) return known
    numbers.set(pair, numbers.size)
    return numbers.size - 1
  }
  return solutions
    .map((solution) => {
      let total = 0n
      for (const score of solution.scores.values()) total += score
      return { solution, total, pairs: [...solution.scores.keys()].map(numberOf) }
    })
    .filter(({ total }) => total > 0n)
    .sort(compareRanked)
}

function compareRanked(a: Ranked<Solution>, b: Ranked<Solution>): number {
  if (a.total !== b.total) return a.total > b.total ? -1 : 1
  if (a.solution.solver !== b.solution.solver) return a.solution.solver < b.solution.solver ? -1 : 1
  return a.solution.id < b.solution.id ? -1 : a.solution.id > b.solution.id ? 1 : 0
}

function pick<S extends Solution>(
  ranked: readonly Ranked<S>[],
  most: number,
  without: string | null,
): Ranked<S>[] {
  const taken = new Set<number>()
  const picked: Ranked<S>[] = []
  for (const each of ranked) {
    if (picked.length >= most) break
    if (each.solution.solver === without || each.pairs.some((pair) => taken.has(pair))) continue
    for (const pair of each.pairs) taken.add(pair)
    picked.push(each)
  }
  return picked
}

function totalOf(ranked: readonly Ranked<Solution>[]): bigint {
  return ranked.reduce((sum, { total }) => sum + total, 0n)
}

/** More would take too long: the search is exponential. */
const MOST_EXACT = 24

/**
 * The best set of solutions with disjoint pairs, by search; what the greedy pick is measured against.
 *
 * @throws SolventError E_RANGE for more than 24 solutions
 */
export function exactOptimum<S extends Solution>(
  solutions: readonly S[],
  mostWinners: number = MOST_WINNERS,
): { readonly score: bigint; readonly solutions: readonly S[] } {
  if (solutions.length > MOST_EXACT)
    throw new SolventError({
      code: 'E_RANGE',
      message: 'There are too many solutions for an exact search.',
      details: { got: solutions.length, allowed: `at most ${MOST_EXACT}` },
    })
  const ranked = rank(solutions)
  let best: { score: bigint; chosen: readonly Ranked<S>[] } = { score: 0n, chosen: [] }
  const search = (from: number, chosen: readonly Ranked<S>[], score: bigint, rest: bigint) => {
    if (score > best.score) best = { score, chosen }
    const each = ranked[from]
    if (each === undefined || chosen.length >= mostWinners || score + rest <= best.score) return
    const isFree = !chosen.some(({ pairs }) => pairs.some((pair) => each.pairs.includes(pair)))
    if (isFree) search(from + 1, [...chosen, each], score + each.total, rest - each.total)
    search(from + 1, chosen, score, rest - each.total)
  }
  search(0, [], 0n, totalOf(ranked))
  return { score: best.score, solutions: best.chosen.map(({ solution }) => solution) }
}
