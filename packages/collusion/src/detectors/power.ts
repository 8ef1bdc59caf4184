/**
 * How often a statistic tells a cartel's market from a competitive one: area under the curve, and power at a critical
 * value that 5 % of competitive markets exceed, both from simulated markets.
 */
import { createStreams } from '@solvent/kernel'
import type { ConductKind } from '../generators/conduct.ts'
import { labelledMarket, type MarketOptions } from '../generators/labelled-market.ts'
import {
  directionOf,
  MARKET_STATISTICS,
  type MarketStatistic,
  type MarketStatistics,
  marketStatisticsOf,
} from './market-statistics.ts'
import { rocOf } from './roc.ts'

export interface PowerOptions {
  readonly bidders: number
  readonly tenders: number
  /** Markets of each kind. */
  readonly markets: number
  readonly seed: number
}

export interface Alternative {
  readonly kind: ConductKind
  readonly ring?: readonly number[] | undefined
}

export interface Power {
  readonly auc: number
  readonly power_at_5pct: number
}

export interface AlternativePower {
  readonly statistics: Readonly<Record<MarketStatistic, Power | null>>
  /** Shares of markets in which the runs test rejects at 5 %: competitive ones, and the cartel's. */
  readonly runs_test_reject_5pct: { readonly size: number; readonly power: number }
}

export const SIZE = 0.05

/** In the order of `alternatives`. */
export function powerOf(alternatives: readonly Alternative[], options: PowerOptions): AlternativePower[] {
  const draw = (alternative: Alternative, name: string) =>
    drawMarkets({ ...alternative, ...options }, name, options)
  const competitive = draw({ kind: 'competitive' }, 'competitive')
  return alternatives.map((alternative, index) => {
    const cartel = draw(alternative, `${alternative.kind}/${index}`)
    const statistics = MARKET_STATISTICS.map((statistic) => [
      statistic,
      statisticPower(statistic, alternative.kind, competitive, cartel),
    ])
    return {
      statistics: Object.fromEntries(statistics) as AlternativePower['statistics'],
      runs_test_reject_5pct: { size: runsRejected(competitive), power: runsRejected(cartel) },
    }
  })
}

function drawMarkets(
  market: MarketOptions,
  name: string,
  { seed, markets }: PowerOptions,
): MarketStatistics[] {
  const streams = createStreams(seed)
  return Array.from({ length: markets }, (_, index) =>
    marketStatisticsOf(labelledMarket(market, streams.stream(`market/${name}/${index}`)).matrix),
  )
}

function statisticPower(
  statistic: MarketStatistic,
  kind: ConductKind,
  competitive: readonly MarketStatistics[],
  cartel: readonly MarketStatistics[],
): Power | null {
  // Taking turns makes repeats rare, every other conduct makes them frequent.
  const isReversed = statistic === 'repeat_rate' && (kind === 'rotation' || kind === 'noisy-rotation')
  const direction = isReversed ? -1 : directionOf(statistic)
  const scores = (markets: readonly MarketStatistics[]) =>
    markets.flatMap(({ values }) => {
      const value = values[statistic]
      return value === null ? [] : [direction * value]
    })
  const [negatives, positives] = [scores(competitive), scores(cartel)]
  const roc = rocOf([...negatives, ...positives], [...negatives.map(() => 0), ...positives.map(() => 1)])
  if (roc === null) return null
  const critical = quantileOf(negatives, 1 - SIZE)
  return {
    auc: roc.auc,
    power_at_5pct: positives.filter((score) => score > critical).length / positives.length,
  }
}

/** With linear interpolation between order statistics (type 7 of Hyndman and Fan). */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return low + (place - below) * (high - low)
}

function runsRejected(markets: readonly MarketStatistics[]): number {
  const rejected = markets.filter(({ sequence }) => (sequence.runs_p_two_sided ?? 1) < SIZE)
  return rejected.length / markets.length
}
