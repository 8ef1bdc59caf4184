/**
 * Every possible ring: whether its members' wins, outsiders' left out, follow each other with fewer repeats than by
 * chance. Members who take turns show only in the sequence of their own wins.
 *
 * Mood's runs test, one-sided, of each subset of bidders; rings overlap, so rates are those of Benjamini and
 * Yekutieli, for any dependence.
 */
import { normalBelow } from '@solvent/primitives'
import { subsetsOf } from '../screens/subset-screens.ts'
import { falseDiscoveryRates } from '../statistics/false-discovery.ts'
import { winSequenceOf } from '../tests/win-sequence.ts'

export interface RingTest {
  readonly members: readonly number[]
  readonly wins: number
  readonly repeat_rate: number
  readonly runs_z: number
  readonly p: number
  readonly q: number
}

export interface RingTests {
  /** Rings that were tested. */
  readonly tested: number
  /** The most suspicious ones, by p, then the larger ones first. */
  readonly rings: readonly RingTest[]
}

/** Beyond this the subsets are too many: only bidders with the most wins are combined. */
const MOST_RING_BIDDERS = 12
const FEWEST_WINS = 10
const FEWEST_WINS_EACH = 2
const SHOWN = 20

/** @param winners of each tender in order of time, without tenders that nobody won */
export function ringTestsOf(winners: Int32Array, bidders: number): RingTests {
  const wins = new Array<number>(bidders).fill(0)
  for (const winner of winners) wins[winner]!++
  const candidates = [...wins.keys()]
    .filter((bidder) => wins[bidder]! >= FEWEST_WINS_EACH)
    .sort((a, b) => wins[b]! - wins[a]! || a - b)
    .slice(0, MOST_RING_BIDDERS)
    .sort((a, b) => a - b)
  const subsets = candidates.flatMap((_, size) => (size === 0 ? [] : subsetsOf(candidates.length, size + 1)))
  const tests = subsets.flatMap((subset) => {
    const members = subset.map((at) => candidates[at]!)
    return ringTest(members, winners) ?? []
  })
  const rates = falseDiscoveryRates(
    tests.map(({ p }) => p),
    'any',
  )
  const rings = tests
    .map((test, at) => ({ ...test, q: rates[at]! }))
    .sort((a, b) => a.p - b.p || b.members.length - a.members.length)
    .slice(0, SHOWN)
  return { tested: tests.length, rings }
}

function ringTest(members: readonly number[], winners: Int32Array): Omit<RingTest, 'q'> | null {
  const own = winners.filter((winner) => members.includes(winner)).map((winner) => members.indexOf(winner))
  if (own.length < FEWEST_WINS) return null
  const { runs_z, repeat_rate } = winSequenceOf(own, members.length)
  if (runs_z === null) return null
  return { members, wins: own.length, repeat_rate, runs_z, p: normalBelow(-runs_z) }
}
