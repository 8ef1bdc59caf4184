// What a market lets oracles read of its past: a pair's sums of price × seconds, or a pool of ranges' sum of tick × seconds.

import {
  averageTickFloor,
  priceAtTickX112,
  type TickAccumulator,
} from '../market/concentrated/tick-accumulator.ts'
import { averagePriceFloor, type PriceAccumulator } from '../market/constant-product/price-accumulator.ts'

export type PriceReading = PriceAccumulator | TickAccumulator

/** The average price of token 0 or 1 between two readings of one market, in UQ112.112; null when no time has passed. */
export function averageX112(before: PriceReading, after: PriceReading, which: 0 | 1): bigint | null {
  if ('tickCumulative' in after) {
    const tick = 'tickCumulative' in before ? averageTickFloor(before, after) : null
    return tick === null ? null : priceAtTickX112(tick, which)
  }
  return 'tickCumulative' in before ? null : averagePriceFloor(before, after, which)
}

/** The sum itself, of token 0 or 1 where there is one of each. */
export function cumulativeOf(reading: PriceReading, which: 0 | 1): bigint {
  if ('tickCumulative' in reading) return reading.tickCumulative
  return which === 0 ? reading.price0CumulativeLast : reading.price1CumulativeLast
}
