// Prices of symbols in the scenario's numeraire (USD), with eight decimals as oracles publish them.
import { divFloor, SolventError, wholeUnit } from '@solvent/primitives'

/** One price for each symbol. */
export type PriceBook = readonly {
  readonly symbol: string
  /** Numeraire per whole unit of the symbol, times 10^8. */
  readonly priceE8: bigint
}[]

/**
 * The price of a symbol.
 *
 * @throws E_UNKNOWN_SYMBOL when the book does not have it
 * @example priceOf([{ symbol: 'WETH', priceE8: 2_500_00000000n }], 'WETH') // 250000000000n
 */
export function priceOf(book: PriceBook, symbol: string): bigint {
  for (const line of book) if (line.symbol === symbol) return line.priceE8
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
