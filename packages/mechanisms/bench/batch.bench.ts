// What a fair combinatorial auction costs: 200 solutions over 50 directed pairs, most of them for one pair, some for several, with
// references for every winner. The target is 1 ms; a bare sort of the totals shows what the machine gives.
import { fairCombinatorial, type Solution } from '../src/index.ts'

export const name = 'mechanisms: ms a fair combinatorial auction'

const SOLUTIONS = 200
const PAIRS = 50
const AUCTIONS = 300

export function run(): void {
  const solutions = randomSolutions()
  const { winners, filteredOut } = fairCombinatorial(solutions)
  const auction = medianMs(() => fairCombinatorial(solutions))
  const totals = solutions.map(({ scores }) => [...scores.values()].reduce((sum, score) => sum + score, 0n))
  const sort = medianMs(() => [...totals].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)))
  console.log(
    `${SOLUTIONS} solutions over ${PAIRS} pairs: ${winners.length} win, ${filteredOut.length} filtered out`,
  )
  console.log(
    `auction ${auction.toFixed(3)} ms (target 1 ms), ${(auction / sort).toFixed(1)} sorts of its totals`,
  )
}

/** A linear congruential generator (Numerical Recipes) is enough to spread scores. */
function randomSolutions(): Solution[] {
  let state = 1
  const below = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  return Array.from({ length: SOLUTIONS }, (_, index) => {
    const pairs = below(3) === 0 ? 2 + below(4) : 1
    const scores = new Map<string, bigint>()
    for (let i = 0; i < pairs; i++)
      scores.set(`pair-${below(PAIRS)}`, BigInt(1 + below(1_000_000)) * 10n ** 12n)
    return { id: `solution-${index}`, solver: `solver-${below(20)}`, scores }
  })
}

function medianMs(work: () => unknown): number {
  const times: number[] = []
  for (let i = 0; i < AUCTIONS; i++) {
    const before = performance.now()
    work()
    times.push(performance.now() - before)
  }
  return times.sort((a, b) => a - b)[AUCTIONS >> 1] ?? Number.NaN
}
