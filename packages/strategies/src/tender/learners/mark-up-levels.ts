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
 *
 * @param rewards where what every level would have earned is written, one entry a level
 */
export function lessonOf(bid: PendingBid, outcome: TenderOutcome, rewards: Float64Array): Lesson {
  const { cost, reserve } = bid
  const levels = rewards.length
  const span = reserve - cost
  const won = outcome.winner === bid.self
  const reward = won ? (outcome.paid - cost) / span : 0
  const rival = rivalPrice(bid, outcome)
  if (Number.isNaN(rival)) rewards.fill(Number.NaN)
  else {
    const isSecondPrice = outcome.rule === 'second-price'
    const next = (Math.min(rival, reserve) - cost) / span
    let level = 0
    for (; level < levels; level++) {
      const price = priceAtLevel(bid, level, levels)
      if (price > rival) break
      const earned = isSecondPrice ? next : (price - cost) / span
      // A tie is a coin that nobody tossed: half.
      rewards[level] = price < rival ? earned : earned / 2
    }
    // Prices rise with levels: whatever is above the rival's earns nothing.
    rewards.fill(0, level)
  }
  rewards[bid.level] = reward
  const share = Number.isNaN(rival) ? 1 : (rival - cost) / span
  const rivalLevel = Math.min(levels - 1, Math.max(0, Math.floor(share * (levels - 1) + 1e-9)))
  return { played: bid.level, state: bid.state, reward, rewards, rivalLevel }
}

/** The best price of the others; Infinity when all prices are revealed and nobody else bid; NaN when it cannot be told. */
function rivalPrice({ self }: PendingBid, { prices, winner, paid, rule }: TenderOutcome): number {
  if (prices.size > 0) {
    let best = Number.POSITIVE_INFINITY
    prices.forEach((price, bidder) => {
      if (price < best && bidder !== self) best = price
    })
    return best
  }
  return winner !== null && winner !== self && rule === 'first-price' ? paid : Number.NaN
}
