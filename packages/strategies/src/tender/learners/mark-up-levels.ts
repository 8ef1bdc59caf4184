// What learners choose among: levels from cost to reserve, price = cost + level/(levels − 1) · (reserve − cost). And what a tender that is over
// says about each of them: what it would have earned, as a part of that distance, from 0 to 1.
import type { RuleParameter } from '@solvent/primitives'
import type { Tender, TenderOutcome } from '../tender.ts'

export const LEVELS: RuleParameter = {
  usual: 11,
  least: 2,
  most: 201,
  meaning: 'prices among which it chooses, from its cost to the reserve',
}

/** A bid that waits for the end of its tender. */
export interface PendingBid {
  readonly self: string
  readonly cost: number
  readonly reserve: number
  readonly level: number
  /** What the learner knew when it chose. */
  readonly state: number
}

/** What a bidder can tell afterwards. */
export interface Lesson {
  readonly played: number
  readonly state: number
  /** Of the level played. */
  readonly reward: number
  /** Of every level; NaN where it cannot be told. */
  readonly rewards: Float64Array
  /** The level at or below which the best rival bid; the highest level when no rival is known to have bid. */
  readonly rivalLevel: number
}

export function priceAtLevel(
  { cost, reserve }: Pick<Tender, 'cost' | 'reserve'>,
  level: number,
  levels: number,
): number {
  return level === levels - 1 ? reserve : cost + (level / (levels - 1)) * (reserve - cost)
}

/**
 * Reads an outcome. With revealed prices, or a rival's win at first price, every level can be judged; otherwise only the
 * one that was played.
 */
export function lessonOf(bid: PendingBid, outcome: TenderOutcome, levels: number): Lesson {
  const span = bid.reserve - bid.cost
  const won = outcome.winner === bid.self
  const reward = won ? (outcome.paid - bid.cost) / span : 0
  const rewards = new Float64Array(levels).fill(Number.NaN)
  const rival = rivalPrice(bid, outcome)
  if (rival !== null) {
    for (let level = 0; level < levels; level++) {
      const price = priceAtLevel(bid, level, levels)
      const paid = outcome.rule === 'second-price' ? Math.min(rival, bid.reserve) : price
      // A tie is a coin that nobody tossed: half.
      rewards[level] =
        price < rival ? (paid - bid.cost) / span : price === rival ? (paid - bid.cost) / span / 2 : 0
    }
  }
  rewards[bid.level] = reward
  const share = rival === null ? 1 : (rival - bid.cost) / span
  const rivalLevel = Math.min(levels - 1, Math.max(0, Math.floor(share * (levels - 1) + 1e-9)))
  return { played: bid.level, state: bid.state, reward, rewards, rivalLevel }
}

/** The best price of the others; Infinity when all prices are revealed and nobody else bid; null when it cannot be told. */
function rivalPrice({ self }: PendingBid, { prices, winner, paid, rule }: TenderOutcome): number | null {
  if (prices.size > 0) {
    let best = Number.POSITIVE_INFINITY
    for (const [bidder, price] of prices) if (bidder !== self && price < best) best = price
    return best
  }
  return winner !== null && winner !== self && rule === 'first-price' ? paid : null
}
