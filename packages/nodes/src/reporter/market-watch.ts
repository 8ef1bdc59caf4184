// What a market pays for one of its tokens, as a reporter has it that looks there; a re-org takes a price back.
import { divFloor, wholeUnit } from '@solvent/primitives'
import { type Block, type Observed, PRICE_BITS } from '@solvent/protocol'

/** Blocks with trades that are kept for re-orgs. */
const KEPT = 512

export class MarketWatch {
  readonly #watched: Extract<Observed, { kind: 'market' }>
  readonly #prices: { readonly number: number; readonly priceX96: bigint }[] = []

  constructor(watched: Extract<Observed, { kind: 'market' }>) {
    this.#watched = watched
  }

  followed({ header: { number }, receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'market-synced' && event.market === this.#watched.market)
          this.#prices.push({ number, priceX96: event.priceX96 })
    if (this.#prices.length > KEPT) this.#prices.splice(0, this.#prices.length - KEPT)
  }

  orphaned({ header: { number } }: Block): void {
    while ((this.#prices.at(-1)?.number ?? -1) >= number) this.#prices.pop()
  }

  /**
   * Of a whole unit, in the numeraire times 10^8, rounded down; null before the first trade, and where the market has no price.
   *
   * @param outside price of a symbol in the world outside, times 10^8
   */
  priceE8(outside: (symbol: string) => bigint): bigint | null {
    const priceX96 = this.#prices.at(-1)?.priceX96 ?? 0n
    if (priceX96 <= 0n) return null
    const { side, otherSymbol, decimals0, decimals1 } = this.#watched
    const [one0, one1] = [wholeUnit(decimals0), wholeUnit(decimals1)]
    const otherE8 = outside(otherSymbol)
    return side === 'token0'
      ? divFloor(priceX96 * one0 * otherE8, one1 << PRICE_BITS)
      : divFloor((one1 << PRICE_BITS) * otherE8, priceX96 * one0)
  }
}
