// Paths of prices as a shock: where prices go in the run with it, and where they stand still in the run without.
import type { Scenario } from '../scenario/scenario-schema.ts'

type Prices = NonNullable<Scenario['prices']>
type Path = Prices['paths'][string]

/** No price is moved to nothing or below: of the price at the start, this much is left. */
const LEAST_SHARE = 1e-6

/**
 * Assets whose path is a shock: those that the file names, or all that have one where nothing else in the file is a shock.
 *
 * @param isOnlyShock neither faults nor attackers
 */
export function shockedPrices({ prices }: Scenario, isOnlyShock: boolean): string[] {
  if (prices === undefined) return []
  return prices.shock ?? (isOnlyShock ? Object.keys(prices.paths) : [])
}

/** These prices stay where they are at the start. */
export function steady(scenario: Scenario, symbols: readonly string[]): Scenario {
  return withPaths(scenario, symbols, () => null)
}

/** Every move of these prices, times the size. */
export function scaledPrices(scenario: Scenario, symbols: readonly string[], size: number): Scenario {
  return withPaths(scenario, symbols, (path, start) =>
    path.map(({ atSeconds, price }) => ({
      atSeconds,
      price: decimal(Math.max(start * LEAST_SHARE, start + size * (Number(price) - start))),
    })),
  )
}

/** The moves of these prices so much later; what would come after the end or before the start is left out. */
export function movedPrices(scenario: Scenario, symbols: readonly string[], bySeconds: number): Scenario {
  return withPaths(scenario, symbols, (path, start) => {
    const begins = beginOf(path, start) + bySeconds
    const moved = path
      .map(({ atSeconds, price }) => ({ atSeconds: atSeconds + bySeconds, price }))
      .filter(({ atSeconds }) => atSeconds >= 1 && atSeconds <= scenario.durationSeconds)
    const first = moved[0]
    if (first === undefined) return null
    // Until it begins the price stays.
    const isHeld = begins >= 1 && begins < first.atSeconds
    return isHeld ? [{ atSeconds: begins, price: decimal(start) }, ...moved] : moved
  })
}

/** When the first of these prices begins to move; null when none does. */
export function pricesMoveAt({ assets, prices }: Scenario, symbols: readonly string[]): number | null {
  const moments = symbols.flatMap((symbol) => {
    const [path, start] = [prices?.paths[symbol], Number(assets[symbol]?.price)]
    return path?.some(({ price }) => Number(price) !== start) ? [beginOf(path, start)] : []
  })
  return moments.length === 0 ? null : Math.min(...moments)
}

/** The last moment up to which the price has not moved. */
function beginOf(path: Path, start: number): number {
  const moved = path.findIndex(({ price }) => Number(price) !== start)
  return moved <= 0 ? 0 : path[moved - 1]!.atSeconds
}

function withPaths(
  scenario: Scenario,
  symbols: readonly string[],
  change: (path: Path, start: number) => Path | null,
): Scenario {
  const { prices } = scenario
  if (prices === undefined || symbols.length === 0) return scenario
  const paths = Object.entries(prices.paths).flatMap(([symbol, path]): [string, Path][] => {
    if (!symbols.includes(symbol)) return [[symbol, path]]
    const changed = change(path, Number(scenario.assets[symbol]!.price))
    return changed === null ? [] : [[symbol, changed]]
  })
  return { ...scenario, prices: { ...prices, paths: Object.fromEntries(paths) } }
}

/** Eight digits behind the point, as prices have. */
const decimal = (price: number): string => price.toFixed(8).replace(/\.?0+$/, '')
