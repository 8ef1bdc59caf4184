// The price book of a run: where each asset begins, and where it goes by the file's paths or by the factor's draws.
import { maxBig, parseUnits, secondsToMs } from '@solvent/primitives'
import type { PriceBook, PricePoint } from '@solvent/protocol'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { drawFactorPaths, type FactorPaths } from './factor-paths.ts'
import type { PricesSection } from './price-schema.ts'

const PRICE_DECIMALS = 8
/** Relative prices to twelve digits: far finer than eight decimals of any price, and whole numbers of a float64. */
const RELATIVE_ONE = 1_000_000_000_000
/** No price rises by more, and none falls to nothing. */
const MOST_TIMES = 1_000_000_000

/** All assets of the scenario with their paths. */
export function priceBook(
  { assets, prices, durationSeconds }: Pick<Scenario, 'assets' | 'prices' | 'durationSeconds'>,
  seed: string,
): PriceBook {
  const drawn =
    prices?.factor === undefined ? undefined : drawFactorPaths(prices.factor, durationSeconds, seed)
  return Object.entries(assets).map(([symbol, { price }]) => {
    const priceE8 = parseUnits(price, PRICE_DECIMALS)
    const path = fixedPath(prices?.paths[symbol]) ?? drawnPath(priceE8, symbol, drawn)
    return { symbol, priceE8, ...(path === undefined ? {} : { path }) }
  })
}

function fixedPath(points: PricesSection['paths'][string] | undefined): PricePoint[] | undefined {
  return points?.map(({ atSeconds, price }) => ({
    elapsedMs: secondsToMs(atSeconds),
    priceE8: parseUnits(price, PRICE_DECIMALS),
  }))
}

function drawnPath(
  priceE8: bigint,
  symbol: string,
  drawn: FactorPaths | undefined,
): PricePoint[] | undefined {
  return drawn?.relatives.get(symbol)?.map((relative, step) => ({
    elapsedMs: secondsToMs(drawn.atSeconds[step]!),
    priceE8: maxBig(1n, (priceE8 * bigRelative(relative)) / BigInt(RELATIVE_ONE)),
  }))
}

function bigRelative(relative: number): bigint {
  return BigInt(Math.round(Math.min(relative, MOST_TIMES) * RELATIVE_ONE))
}
