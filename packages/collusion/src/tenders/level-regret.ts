// External regret: how much more the best fixed level would have earned than what was played, against what the others did in the very same tenders.
// Levels are those among which learners choose, parts of the way from cost to reserve; earnings are parts of that way, so that the published
// bounds of learners can stand beside them. A bidder whose cost reaches the reserve has no level, and the tender does not count for it.
import { mechanismRules } from '@solvent/mechanisms'
import { priceAtLevel } from '@solvent/strategies'
import { isSealedOnly } from './sealed-clearing.ts'
import {
  type Cleared,
  createCleared,
  type TenderBids,
  type TenderClearing,
  unitsOfPrice,
  VALUE_UNITS,
} from './tender-clearing.ts'
import type { DrawnTender } from './tender-draws.ts'
import type { TenderStudy } from './tender-study.ts'

/** Levels of bidders that choose among none of their own. */
const USUAL_LEVELS = 11

export interface LevelRegret {
  /** Counts a tender that was cleared. */
  count(drawn: DrawnTender, bids: TenderBids, cleared: Cleared): void
  /** By bidder: per tender that counted; null where none did. */
  perTender(): (number | null)[]
  /** By bidder: tenders that counted. */
  readonly counted: Float64Array
}

/** Levels that a bidder's regret is measured over: a learner's own. */
export function levelsOf({ strategy }: TenderStudy['bidders'][number]): number {
  const own = 'parameters' in strategy ? strategy.parameters?.['levels'] : undefined
  return own ?? USUAL_LEVELS
}

interface Sums {
  readonly levels: Int32Array
  /** Where a bidder's gains begin. */
  readonly starts: Int32Array
  /** What each level would have earned, less what `upTo` adds. */
  readonly gains: Float64Array
  /** What every level up to and with this one would have earned besides: at second price the way itself, elsewhere as many times its own part of it. */
  readonly upTo: Float64Array
  readonly earned: Float64Array
  readonly counted: Float64Array
}

/** Where bids are sealed and kept, from the two least asks; elsewhere by clearing the tender once for every level. */
export function levelRegret(study: TenderStudy, clearing: TenderClearing): LevelRegret {
  const levels = Int32Array.from(study.bidders, levelsOf)
  const starts = new Int32Array(levels.length)
  for (let bidder = 1; bidder < levels.length; bidder++)
    starts[bidder] = (starts[bidder - 1] as number) + (levels[bidder - 1] as number)
  const cells = levels.reduce((sum, count) => sum + count, 0)
  const sums: Sums = {
    levels,
    starts,
    gains: new Float64Array(cells),
    upTo: new Float64Array(cells),
    earned: new Float64Array(levels.length),
    counted: new Float64Array(levels.length),
  }
  const sealed = sealedRegret(study, sums)
  const cleared = clearedRegret(study, sums, clearing)
  const isSealed = isSealedOnly(study)
  const paysNext = study.mechanism.rule === mechanismRules['second-price'].rule
  return {
    count(drawn, bids, outcome) {
      if (isSealed && !bids.fades.includes(1)) sealed(drawn, bids, outcome)
      else cleared(drawn, bids, outcome)
    },
    perTender: () =>
      Array.from(levels, (count, bidder) => {
        const tenders = sums.counted[bidder] as number
        if (tenders === 0) return null
        return (
          (bestOf(sums, starts[bidder] as number, count, paysNext) - (sums.earned[bidder] as number)) /
          tenders
        )
      }),
    counted: sums.counted,
  }
}

/** Of the best level. */
function bestOf({ gains, upTo }: Sums, start: number, count: number, paysNext: boolean): number {
  let best = Number.NEGATIVE_INFINITY
  let above = 0
  for (let level = count - 1; level >= 0; level--) {
    above += upTo[start + level] as number
    const gain = (gains[start + level] as number) + above * (paysNext ? 1 : level / (count - 1))
    if (gain > best) best = gain
  }
  return best
}

type Count = (drawn: DrawnTender, bids: TenderBids, cleared: Cleared) => void

function sealedRegret({ mechanism, reserve }: TenderStudy, sums: Sums): Count {
  const most = unitsOfPrice(reserve)
  const paysNext = mechanism.rule === mechanismRules['second-price'].rule
  const { levels, starts, upTo, earned, counted } = sums
  return ({ costs, ranks }, { prices }, { winner, paid }) => {
    // Of those who bid below the reserve the first, and the first of the rest.
    let first = -1
    let second = -1
    let least = Number.POSITIVE_INFINITY
    let next = Number.POSITIVE_INFINITY
    for (let bidder = 0; bidder < prices.length; bidder++) {
      const price = prices[bidder] as number
      if (Number.isNaN(price)) continue
      const asked = unitsOfPrice(price)
      if (asked > most) continue
      const rank = ranks[bidder] as number
      if (asked < least || (asked === least && rank < (ranks[first] as number))) {
        second = first
        next = least
        first = bidder
        least = asked
      } else if (asked < next || (asked === next && rank < (ranks[second] as number))) {
        second = bidder
        next = asked
      }
    }
    for (let bidder = 0; bidder < prices.length; bidder++) {
      const cost = costs[bidder] as number
      const way = reserve - cost
      if (!(way > 0)) continue
      counted[bidder] = (counted[bidder] as number) + 1
      if (winner === bidder) earned[bidder] = (earned[bidder] as number) + (paid - cost) / way
      const rival = bidder === first ? second : first
      const rivalAsk = bidder === first ? next : least
      const isLucky = rival < 0 || (ranks[bidder] as number) < (ranks[rival] as number)
      const count = levels[bidder] as number
      const start = starts[bidder] as number
      // The highest level that would have won: near it prices are compared in units, as the clearing does.
      let level = Math.min(count - 1, Math.floor(((rivalAsk / VALUE_UNITS - cost) / way) * (count - 1)) + 1)
      for (; level >= 0; level--) {
        const asked = unitsOfPrice(level === count - 1 ? reserve : cost + (level / (count - 1)) * way)
        if (asked < rivalAsk || (asked === rivalAsk && isLucky)) break
      }
      if (level < 0) continue
      const cell = start + level
      upTo[cell] =
        (upTo[cell] as number) + (paysNext ? (Math.min(rivalAsk, most) / VALUE_UNITS - cost) / way : 1)
    }
  }
}

/** By changing one bid at a time; what attempts and rewards come to is part of what is earned. */
function clearedRegret({ reserve, bidders }: TenderStudy, sums: Sums, clearing: TenderClearing): Count {
  const { levels, starts, gains, earned, counted } = sums
  const other = createCleared(bidders.length)
  const profitOf = (bidder: number, cost: number, { winner, paid, extras }: Cleared) =>
    (winner === bidder ? paid - cost : 0) + (extras[bidder] as number)
  return (drawn, bids, cleared) => {
    const { prices, fades } = bids
    for (let bidder = 0; bidder < prices.length; bidder++) {
      const cost = drawn.costs[bidder] as number
      const way = reserve - cost
      if (!(way > 0)) continue
      counted[bidder] = (counted[bidder] as number) + 1
      earned[bidder] = (earned[bidder] as number) + profitOf(bidder, cost, cleared) / way
      const made = prices[bidder] as number
      const fade = fades[bidder] as number
      fades[bidder] = 0
      const count = levels[bidder] as number
      for (let level = 0; level < count; level++) {
        prices[bidder] = priceAtLevel({ cost, reserve }, level, count)
        clearing.clear(drawn, bids, other)
        const cell = (starts[bidder] as number) + level
        gains[cell] = (gains[cell] as number) + profitOf(bidder, cost, other) / way
      }
      prices[bidder] = made
      fades[bidder] = fade
    }
  }
}
