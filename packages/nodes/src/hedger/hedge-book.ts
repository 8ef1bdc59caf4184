// What a hedger knows of the options that it hedges: how much of each series the desk has sold, what it has traded against that, and how many
// units of the underlying would make it neutral. Who is short options has to sell what falls and buy what rises; when the volatility moves
// with the price, their deltas move once more. Greeks: Black, Scholes 1973. Risk, not money: float64 but for the units.
import { type Address, BPS } from '@solvent/primitives'
import type { Block, HedgedMoves, MarketSpec, OptionDeskSpec } from '@solvent/protocol'
import { deskRules, optionValue, quotedVolatilityBps, seriesOf } from '@solvent/settlement'

export interface HedgeRules {
  readonly follows: HedgedMoves
  /** Of what the desk has sold. */
  readonly shareBps: bigint
  /** Of all options sold: by less than that it does not trade. */
  readonly bandBps: bigint
}

const SECONDS_PER_YEAR = 31_536_000
const PRICE_ONE = 1e8

export class HedgeBook {
  readonly #self: Address
  readonly #desk: OptionDeskSpec
  readonly #market: MarketSpec
  readonly #underlying: Address
  readonly #rules: HedgeRules
  readonly #sold = new Map<string, bigint>()
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
    const all = [...this.#sold.values()].reduce((sum, units) => sum + units, 0n)
    const band = (all * this.#rules.shareBps * this.#rules.bandBps) / (BPS * BPS)
    return gap > band || -gap > band ? gap : 0n
  }

  /** The delta of its share of what is sold and has not expired. */
  #target(spotE8: bigint, atSeconds: number): bigint {
    const { volatility: rule, series } = this.#desk
    const { follows, shareBps } = this.#rules
    const bps = follows === 'price' ? rule.startBps : quotedVolatilityBps(rule, spotE8)
    const { rate } = deskRules(this.#desk)
    const units = series.reduce((sum, each) => {
      const sold = Number(this.#sold.get(each.name) ?? 0n)
      if (sold === 0 || atSeconds >= each.expiry) return sum
      const { kind, strikeE8, expiry } = seriesOf(each)
      const { delta } = optionValue({
        kind,
        rate,
        spot: Number(spotE8) / PRICE_ONE,
        strike: Number(strikeE8) / PRICE_ONE,
        volatility: Number(bps) / Number(BPS),
        years: (expiry - atSeconds) / SECONDS_PER_YEAR,
      })
      return sum + sold * delta
    }, 0)
    return (BigInt(Math.trunc(units)) * shareBps) / BPS
  }

  #book({ receipts }: Block, sign: 1n | -1n): void {
    for (const { events } of receipts)
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
