// What a market's bids come to in one number each: the mean of each screen over its tenders, and how winners follow.
import { type BidMatrix, bidsOf, winnersOf } from '../bids/bid-matrix.ts'
import { valuesOf } from '../screens/screen-summary.ts'
import { DIRECTIONS, SCREENS, type ScreenName, screensOf } from '../screens/tender-screens.ts'
import { meanOf } from '../statistics/moments.ts'
import { type WinSequence, winSequenceOf } from '../tests/win-sequence.ts'

const SEQUENCE_STATISTICS = ['transition_G', 'hhi', 'repeat_rate'] as const
export type MarketStatistic = ScreenName | (typeof SEQUENCE_STATISTICS)[number]
export const MARKET_STATISTICS: readonly MarketStatistic[] = [...SCREENS, ...SEQUENCE_STATISTICS]

export interface MarketStatistics {
  /** Null where no tender has the screen. */
  readonly values: Readonly<Record<MarketStatistic, number | null>>
  readonly sequence: WinSequence
}

export function marketStatisticsOf(matrix: BidMatrix): MarketStatistics {
  const screens = matrix.tenders.flatMap((_, tender) => {
    const bids = bidsOf(matrix, tender)
    return bids.length === 0 ? [] : [screensOf(bids)]
  })
  const sequence = winSequenceOf(winnersOf(matrix), matrix.bidders.length)
  const means = SCREENS.map((name) => {
    const values = valuesOf(screens, name)
    return [name, values.length === 0 ? null : meanOf(values)]
  })
  const { transition_G, hhi, repeat_rate } = sequence
  return { values: { ...Object.fromEntries(means), transition_G, hhi, repeat_rate }, sequence }
}

/** Which way collusion moves it; repeats rise when few win and fall when they take turns, so theirs is a choice. */
export function directionOf(statistic: MarketStatistic): 1 | -1 {
  return statistic in DIRECTIONS ? DIRECTIONS[statistic as ScreenName] : 1
}
