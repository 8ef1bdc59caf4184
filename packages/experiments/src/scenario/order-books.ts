// The units of a scenario's limit order book: base units of a lot, and of a tick of one lot.
import { parseUnits } from '@solvent/primitives'
import { pairOf, type ScenarioMarket } from './market-names.ts'
import type { Scenario } from './scenario-schema.ts'

export type BookMarket = Extract<ScenarioMarket, { kind: 'order-book' }>

const PRICE_DECIMALS = 18

/** Null: a tick of one lot is no whole number of base units. */
export function lotAndTick(
  scenario: Scenario,
  market: BookMarket,
): { readonly lotSize: bigint; readonly tickSize: bigint | null } {
  const [first, second] = pairOf(market)
  return lotAndTickOf(market, scenario.assets[first]!.decimals, scenario.assets[second]!.decimals)
}

/** As `lotAndTick`, of a book that trades an asset of so many decimals for another. */
export function lotAndTickOf(
  { lot, tick }: Pick<BookMarket, 'lot' | 'tick'>,
  decimals: number,
  priceDecimals: number,
): { readonly lotSize: bigint; readonly tickSize: bigint | null } {
  const lotSize = parseFloor(lot, decimals)
  const unit = 10n ** BigInt(decimals + PRICE_DECIMALS)
  const scaled = lotSize * parseUnits(tick, PRICE_DECIMALS) * 10n ** BigInt(priceDecimals)
  return { lotSize, tickSize: scaled > 0n && scaled % unit === 0n ? scaled / unit : null }
}

/** Ticks of a price of the first asset in the second. @param toward whole ticks, for who buys or sells */
export function ticksOfPrice(
  market: Pick<BookMarket, 'tick'>,
  price: string,
  toward: 'floor' | 'up',
): number {
  const [scaled, tick] = [parseUnits(price, PRICE_DECIMALS), parseUnits(market.tick, PRICE_DECIMALS)]
  return Number(toward === 'floor' ? scaled / tick : (scaled + tick - 1n) / tick)
}

/** Whole lots of an amount of the first asset. */
export function lotsOf(scenario: Scenario, market: BookMarket, amount: string): bigint {
  const { decimals } = scenario.assets[pairOf(market)[0]]!
  return parseUnits(amount, decimals) / lotAndTick(scenario, market).lotSize
}

/** An amount in base units; 0 for one that is finer than they are. */
function parseFloor(amount: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return fraction.length > decimals ? 0n : parseUnits(fraction === '' ? whole : amount, decimals)
}
