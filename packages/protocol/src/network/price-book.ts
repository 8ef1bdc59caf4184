// Prices of symbols in the scenario's numeraire (USD), with eight decimals as oracles publish them: what the world outside pays.
// A price may move along a path of points; between two points it goes in a straight line, after the last it stays.
import { divFloor, SolventError, wholeUnit } from '@solvent/primitives'

/** One price for each symbol. */
export type PriceBook = readonly PriceLine[]

interface PriceLine {
  readonly symbol: string
  /** Numeraire per whole unit of the symbol at genesis, times 10^8. */
  readonly priceE8: bigint
  /** Where the price goes, in order of time; left out: it stays. */
  readonly path?: readonly PricePoint[]
}

export interface PricePoint {
  /** After genesis, above 0. */
  readonly elapsedMs: number
  readonly priceE8: bigint
}

/**
 * The price of a symbol at genesis.
 *
 * @throws E_UNKNOWN_SYMBOL when the book does not have it
 * @example priceOf([{ symbol: 'WETH', priceE8: 2_500_00000000n }], 'WETH') // 250000000000n
 */
export function priceOf(book: PriceBook, symbol: string): bigint {
  return lineOf(book, symbol).priceE8
}

/**
 * The price of a symbol so long after genesis, rounded toward minus infinity between two points.
 *
 * @throws E_UNKNOWN_SYMBOL when the book does not have it
 * @example priceAt([{ symbol: 'W', priceE8: 100n, path: [{ elapsedMs: 10, priceE8: 50n }] }], 'W', 5) // 75n
 */
export function priceAt(book: PriceBook, symbol: string, elapsedMs: number): bigint {
  const { priceE8, path = [] } = lineOf(book, symbol)
  const after = firstAfter(path, elapsedMs)
  const from = path[after - 1] ?? { elapsedMs: 0, priceE8 }
  const to = path[after]
  if (to === undefined || elapsedMs <= from.elapsedMs) return from.priceE8
  const [passed, span] = [BigInt(elapsedMs - from.elapsedMs), BigInt(to.elapsedMs - from.elapsedMs)]
  return from.priceE8 + divFloor((to.priceE8 - from.priceE8) * passed, span)
}

/** Place of the first point later than this moment. */
function firstAfter(path: readonly PricePoint[], elapsedMs: number): number {
  let [low, high] = [0, path.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (path[middle]!.elapsedMs <= elapsedMs) low = middle + 1
    else high = middle
  }
  return low
}

function lineOf(book: PriceBook, symbol: string): PriceLine {
  for (const line of book) if (line.symbol === symbol) return line
  throw new SolventError({
    code: 'E_UNKNOWN_SYMBOL',
    message: 'The price book has no such symbol.',
    details: { got: symbol, allowed: book.map((line) => line.symbol) },
  })
}

/**
 * The value of an amount in the numeraire with eight decimals, rounded toward minus infinity (amounts may be debts).
 *
 * @param amount base units
 * @param decimals of the token, 0 to 77
 * @throws E_RANGE for other decimals
 * @example valueE8(1_500_000n, 6, 100_000_000n) // 150000000n: 1.5 units at 1 are worth 1.5
 */
export function valueE8(amount: bigint, decimals: number, priceE8: bigint): bigint {
  return divFloor(amount * priceE8, wholeUnit(decimals))
}
