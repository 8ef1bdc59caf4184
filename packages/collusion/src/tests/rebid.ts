/**
 * Who undercuts whom when all bids of a first round exceeded a secret reserve and everyone bids again. Of two bids that
 * were near each other the higher one undercuts about as often at the top as below it; with a designated winner nobody
 * undercuts the lowest.
 *
 * Source: K. Kawai, J. Nakabayashi, "Detecting large-scale collusion in procurement auctions", JPE 130(5), 2022,
 * 1364-1411. One-sided test of two proportions.
 */
import { normalBelow } from '@solvent/primitives'
import { meanOf } from '../statistics/moments.ts'

export interface RebidAuction {
  /** Bids of the same bidders in the same order; NaN or null in round 2: did not bid again. */
  readonly round1: readonly number[]
  readonly round2: readonly (number | null)[]
}

export interface RankFlips {
  readonly flips: number
  readonly n: number
  readonly rate: number | null
}

export interface RebidTest {
  /** How often the lowest of round 1 is the lowest of round 2. */
  readonly lowest_persistence: number
  /** First-round bids nearer than this count. */
  readonly near_tie_eps: number
  readonly rank_flip_1_2: RankFlips
  readonly rank_flip_2_3: RankFlips
  readonly z_two_proportions: number | null
  readonly p_one_sided_less: number | null
  readonly mean_round2_gap_12: number | null
  readonly mean_round2_gap_23: number | null
}

/** First-round gaps below a hundredth of the reserve; bids are over the reserve. */
const NEAR_TIE = 0.01

/** Null without an auction of two rounds. */
export function rebidTestOf(auctions: readonly RebidAuction[], eps = NEAR_TIE): RebidTest | null {
  if (auctions.length === 0) return null
  const ordered = auctions.map(({ round1, round2 }) =>
    [...round1.keys()]
      .sort((a, b) => round1[a]! - round1[b]! || a - b)
      .map((who) => ({ first: round1[who]!, second: round2[who] ?? Number.NaN })),
  )
  const top = pairsOf(ordered, 0, eps)
  const below = pairsOf(ordered, 1, eps)
  const [one, two] = [flipsOf(top), flipsOf(below)]
  const z = twoProportions(one, two)
  return {
    lowest_persistence: meanOf(
      ordered.map((bids) => (bids.every(({ second }) => !(second < bids[0]!.second)) ? 1 : 0)),
    ),
    near_tie_eps: eps,
    rank_flip_1_2: one,
    rank_flip_2_3: two,
    z_two_proportions: z,
    p_one_sided_less: z === null ? null : normalBelow(z),
    mean_round2_gap_12: gapOf(top),
    mean_round2_gap_23: gapOf(below),
  }
}

interface BidTwice {
  readonly first: number
  readonly second: number
}

/** The bids of ranks `rank` and `rank` + 1 where they were near in round 1 and both bid again. */
function pairsOf(
  ordered: readonly (readonly BidTwice[])[],
  rank: number,
  eps: number,
): [BidTwice, BidTwice][] {
  return ordered.flatMap((bids): [BidTwice, BidTwice][] => {
    const [lower, higher] = [bids[rank], bids[rank + 1]]
    if (lower === undefined || higher === undefined) return []
    const isPair = higher.first - lower.first < eps && !Number.isNaN(lower.second + higher.second)
    return isPair ? [[lower, higher]] : []
  })
}

function flipsOf(pairs: readonly [BidTwice, BidTwice][]): RankFlips {
  const flips = pairs.filter(([lower, higher]) => higher.second < lower.second).length
  return { flips, n: pairs.length, rate: pairs.length === 0 ? null : flips / pairs.length }
}

function gapOf(pairs: readonly [BidTwice, BidTwice][]): number | null {
  return pairs.length === 0 ? null : meanOf(pairs.map(([lower, higher]) => higher.second - lower.second))
}

function twoProportions(one: RankFlips, two: RankFlips): number | null {
  if (one.rate === null || two.rate === null) return null
  const pooled = (one.flips + two.flips) / (one.n + two.n)
  const variance = pooled * (1 - pooled) * (1 / one.n + 1 / two.n)
  return variance > 0 ? (one.rate - two.rate) / Math.sqrt(variance) : null
}
