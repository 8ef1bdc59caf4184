// What a hedger knows of the options that it hedges: how much of each series the desk has sold, what it has traded against that, and how many
// units of the underlying would make it neutral, beside what options it holds against its vega. Who is short options has to sell what falls and buy what rises; when the volatility moves
// with the price, their deltas move once more. Greeks: Black, Scholes 1973. Risk, not money: float64 but for the units.
import { type Address, BPS } from '@solvent/primitives'
import type { Block, HedgedMoves, MarketSpec, OptionDeskSpec } from '@solvent/protocol'
import { quotedVolatilityBps } from '@solvent/settlement'
import { VegaBook, type VegaRules, valueAt } from './vega-book.ts'

export interface HedgeRules {
  readonly follows: HedgedMoves
  /** Of what the desk has sold. */
  readonly shareBps: bigint
  /** Of all options sold: by less than that it does not trade. */
  readonly bandBps: bigint
  /** What it buys against the volatility; null: it does not. */
  readonly vega: VegaRules | null
}

export class HedgeBook {
  readonly #self: Address
  readonly #desk: OptionDeskSpec
  readonly #market: MarketSpec
  readonly #underlying: Address
  readonly #rules: HedgeRules
  readonly #sold = new Map<string, bigint>()
  /** Null: it hedges no vega. */
  readonly vega: VegaBook | null
  #position = 0n

  constructor(
    self: Address,
    { desk, market, rules }: { desk: OptionDeskSpec; market: MarketSpec; rules: HedgeRules },
  ) {
    this.#self = self
    this.#desk = desk
    this.#market = market
    this.#underlying = market.token0 === desk.token ? market.token1 : market.token0
    this.#rules = rules
    this.vega = rules.vega === null ? null : new VegaBook(self, rules.vega)
  }

  /** Bought of the underlying less sold. */
  get position(): bigint {
    return this.#position
  }

  followed(block: Block): void {
    this.#book(block, 1n)
  }

  orphaned(block: Block): void {
    this.#book(block, -1n)
  }

  /** What it would have to buy, below 0 to sell, at a price; 0 within its band. */
  gap(spotE8: bigint, atSeconds: number): bigint {
    const gap = this.#target(spotE8, atSeconds) - this.#position
    return gap > this.#band || -gap > this.#band ? gap : 0n
  }

  /** Options that it would have to buy against the vega of its share of what is sold; 0 within its band. */
  vegaGap(spotE8: bigint, atSeconds: number): bigint {
    if (this.vega === null) return 0n
    const missing = this.vega.missing(this.#sum('vega', spotE8, atSeconds), spotE8, atSeconds)
    return missing > this.#band ? missing : 0n
  }

  get #band(): bigint {
    const all = [...this.#sold.values()].reduce((sum, units) => sum + units, 0n)
    return (all * this.#rules.shareBps * this.#rules.bandBps) / (BPS * BPS)
  }

  /** The delta of its share of what is sold and has not expired, less that of what it holds. */
  #target(spotE8: bigint, atSeconds: number): bigint {
    const sold = BigInt(Math.trunc(this.#sum('delta', spotE8, atSeconds)))
    const held = this.vega === null ? 0n : BigInt(Math.trunc(this.vega.delta(spotE8, atSeconds)))
    return (sold * this.#rules.shareBps) / BPS - held
  }

  #sum(greek: 'delta' | 'vega', spotE8: bigint, atSeconds: number): number {
    const { volatility: rule, series } = this.#desk
    const volatilityBps = this.#rules.follows === 'price' ? rule.startBps : quotedVolatilityBps(rule, spotE8)
    return series.reduce((sum, each) => {
      const sold = Number(this.#sold.get(each.name) ?? 0n)
      if (sold === 0 || atSeconds >= each.expiry) return sum
      return sum + sold * valueAt(this.#desk, each, { spotE8, volatilityBps, atSeconds })[greek]
    }, 0)
  }

  #book(block: Block, sign: 1n | -1n): void {
    this.vega?.book(block, sign)
    for (const { events } of block.receipts)
      for (const event of events)
        if (event.kind === 'option-bought' && event.desk === this.#desk.address)
          this.#sold.set(event.series, (this.#sold.get(event.series) ?? 0n) + sign * event.units)
        else if (
          event.kind === 'swapped' &&
          event.market === this.#market.address &&
          event.sender === this.#self
        )
          this.#position +=
            event.tokenIn === this.#underlying ? -sign * event.amountIn : sign * event.amountOut
  }
}
