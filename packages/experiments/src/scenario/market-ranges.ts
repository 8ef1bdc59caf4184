// The ranges of a scenario's pool of concentrated liquidity: ticks from prices, liquidity from shares of the reserves.
import { isqrtFloor, parseUnits } from '@solvent/primitives'
import { provisionOf, type TickRange, tickAtSqrtRatioFloor } from '@solvent/settlement'
import { pairOf, partOf, type ScenarioMarket, type Venue } from './market-names.ts'
import { HOLDERS } from './reserved-names.ts'
import type { Scenario } from './scenario-schema.ts'

export type ConcentratedMarket = Extract<ScenarioMarket, { kind: 'concentrated' }>

export interface ProvidedRange extends TickRange {
  /** A participant. */
  readonly provider: string
  /** That owns it for the provider. */
  readonly vault?: string | undefined
  readonly liquidity: bigint
  readonly amount0: bigint
  readonly amount1: bigint
}

const PRICE_DECIMALS = 18
const ROOT_BITS = 96n
const SHARE_SCALE = 1_000_000

/** Root of a price of the first asset in the second, in base units and times 2^96. */
export function rootOfPrice(scenario: Scenario, market: ScenarioMarket, price: string): bigint {
  const [first, second] = pairOf(market)
  const unit = (symbol: string): bigint => 10n ** BigInt(scenario.assets[symbol]!.decimals)
  const scaled = parseUnits(price, PRICE_DECIMALS) * unit(second)
  return isqrtFloor((scaled << (2n * ROOT_BITS)) / (unit(first) * 10n ** BigInt(PRICE_DECIMALS)))
}

/** Root of the price at the start. */
export function startRoot(scenario: Scenario, venue: Venue): bigint {
  const [first, second] = pairOf(venue.market)
  return isqrtFloor(
    (reserveOf(scenario, venue, second) << (2n * ROOT_BITS)) / reserveOf(scenario, venue, first),
  )
}

/** The ticks of a range of prices, widened to where ranges may begin and end. */
export function ticksOf(
  scenario: Scenario,
  market: ConcentratedMarket,
  { lower, upper }: { readonly lower: string; readonly upper: string },
): TickRange {
  const { tickSpacing } = market
  const [low, high] = [lower, upper].map((price) =>
    tickAtSqrtRatioFloor(rootOfPrice(scenario, market, price)),
  ) as [number, number]
  return {
    tickLower: Math.floor(low / tickSpacing) * tickSpacing,
    tickUpper: Math.ceil((high + 1) / tickSpacing) * tickSpacing,
  }
}

export function rangesOf(scenario: Scenario, venue: Venue): ProvidedRange[] {
  const { market } = venue
  if (market.kind !== 'concentrated') return []
  const root = startRoot(scenario, venue)
  const [first, second] = pairOf(market)
  return market.ranges.map((range) => {
    const part = (symbol: string): bigint =>
      (reserveOf(scenario, venue, symbol) * BigInt(Math.round(range.share * SHARE_SCALE))) /
      BigInt(SHARE_SCALE)
    const ticks = ticksOf(scenario, market, range)
    return {
      provider: range.provider ?? market.provider ?? HOLDERS,
      vault: range.vault,
      ...ticks,
      ...provisionOf(root, ticks, { amount0: part(first), amount1: part(second) }),
    }
  })
}

/** What a venue is stated to have of an asset. */
export function reserveOf(scenario: Scenario, venue: Venue, symbol: string): bigint {
  const { market } = venue
  if (market.kind === 'order-book') return 0n
  return partOf(parseUnits(market.reserves[symbol]!, scenario.assets[symbol]!.decimals), venue)
}
