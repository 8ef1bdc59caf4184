// The markets' part of a run's summary; expectations reach it as `markets[rseth-eth].low`.
import type { RunReport } from '@solvent/nodes'
import { msToSeconds } from '@solvent/primitives'
import { PRICE_BITS } from '@solvent/protocol'

const LEADING_BITS = 64

export interface MarketSummary {
  /** The market's name; a venue of a split one has its number behind. */
  readonly id: string
  /** Chain and the two assets by name. */
  readonly chain: string
  readonly asset: string
  readonly priceAsset: string
  /** Whole units of the second asset for one of the first, before the fee: at the start, in the end, at the least and most. */
  readonly first: number
  readonly last: number
  readonly low: number
  readonly high: number
  /** Seconds from the start of the run. */
  readonly lowAtSeconds: number
  readonly highAtSeconds: number
  /** The least price of each day, by its date (UTC). */
  readonly dailyLows: Readonly<Record<string, number>>
  readonly swaps: number
  /** What was traded, and what the market holds, of each asset: base units. */
  readonly volume: string
  readonly priceVolume: string
  readonly depth: string
  readonly priceDepth: string
}

export function marketSummaries(report: RunReport): readonly MarketSummary[] {
  return report.markets.map((market) => {
    const { token0, token1 } = market
    const scale = powerOfTen(token0.decimals - token1.decimals)
    const price = (x96: bigint): number => significant(fromX96(x96) * scale)
    const since = (at: number): number => at - msToSeconds(report.genesisMs)
    return {
      id: market.id,
      chain: report.chains.find(({ chainId }) => chainId === market.chainId)?.name ?? String(market.chainId),
      asset: token0.symbol,
      priceAsset: token1.symbol,
      first: price(market.firstX96),
      last: price(market.lastX96),
      low: price(market.lowX96),
      high: price(market.highX96),
      lowAtSeconds: since(market.lowAt),
      highAtSeconds: since(market.highAt),
      dailyLows: Object.fromEntries(market.dailyLows.map(({ day, lowX96 }) => [dateOf(day), price(lowX96)])),
      swaps: market.swaps,
      volume: String(market.volume0),
      priceVolume: String(market.volume1),
      depth: String(market.reserve0),
      priceDepth: String(market.reserve1),
    }
  })
}

const DAY_MS = 86_400_000

/** The date of a day since 1970, as `2022-05-13`. */
function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The ratio that a fixed-point number with 96 fractional bits stands for, from its 64 leading bits. */
function fromX96(x96: bigint): number {
  const excess = Math.max(0, x96.toString(2).length - LEADING_BITS)
  return Number(x96 >> BigInt(excess)) * 2 ** (excess - Number(PRICE_BITS))
}

function powerOfTen(exponent: number): number {
  return exponent < 0 ? 1 / Number(10n ** BigInt(-exponent)) : Number(10n ** BigInt(exponent))
}

/** Twelve significant digits: more than the price of a market means. */
function significant(value: number): number {
  return Number(value.toPrecision(12))
}
