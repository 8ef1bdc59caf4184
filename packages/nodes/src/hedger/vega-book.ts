// The options that a hedger holds against the vega of those that its desk has sold: what blocks say it has bought of one series of another desk, and
// how much more would make it neutral to volatility. They have a delta too, which its trades in the underlying take into account.
import { type Address, BPS } from '@solvent/primitives'
import type { Block, OptionDeskSpec, OptionSeriesSpec } from '@solvent/protocol'
import { deskRules, type OptionValue, optionValue, quotedVolatilityBps, seriesOf } from '@solvent/settlement'

export interface VegaRules {
  /** Where it buys, and what. */
  readonly desk: OptionDeskSpec
  readonly series: OptionSeriesSpec
  /** Of the vega of what its own desk has sold. */
  readonly shareBps: bigint
}

export const SECONDS_PER_YEAR = 31_536_000
const PRICE_ONE = 1e8
/** Change of a price by 1 for a volatility of 1: of less than that nobody buys enough. */
const LEAST_VEGA = 1e-6

/** One option of a desk's series at a price and a volatility. */
export function valueAt(
  desk: OptionDeskSpec,
  series: OptionSeriesSpec,
  {
    spotE8,
    volatilityBps,
    atSeconds,
  }: { readonly spotE8: bigint; readonly volatilityBps: bigint; readonly atSeconds: number },
): OptionValue {
  const { kind, strikeE8, expiry } = seriesOf(series)
  return optionValue({
    kind,
    rate: deskRules(desk).rate,
    spot: Number(spotE8) / PRICE_ONE,
    strike: Number(strikeE8) / PRICE_ONE,
    volatility: Number(volatilityBps) / Number(BPS),
    years: (expiry - atSeconds) / SECONDS_PER_YEAR,
  })
}

export class VegaBook {
  readonly rules: VegaRules
  readonly #self: Address
  #held = 0n
  #isSettled = false

  constructor(self: Address, rules: VegaRules) {
    this.#self = self
    this.rules = rules
  }

  /** Options that it holds and has not exercised. */
  get held(): bigint {
    return this.#held
  }

  /** Whether what its series pays has been fixed. */
  get isSettled(): boolean {
    return this.#isSettled
  }

  /** @param sign 1 for a block that is followed, −1 for one that is not any more */
  book({ receipts }: Block, sign: 1n | -1n): void {
    const { desk, series } = this.rules
    for (const { events } of receipts)
      for (const event of events) {
        if (!('desk' in event) || event.desk !== desk.address || event.series !== series.name) continue
        if (event.kind === 'options-settled') this.#isSettled = sign > 0n
        else if (event.holder === this.#self)
          this.#held += event.kind === 'option-bought' ? sign * event.units : -sign * event.units
      }
  }

  /** The delta of what it holds, in base units of the underlying. */
  delta(spotE8: bigint, atSeconds: number): number {
    return this.#held === 0n || atSeconds >= this.rules.series.expiry
      ? 0
      : Number(this.#held) * this.#value(spotE8, atSeconds).delta
  }

  /** How many more it would have to buy for so much vega sold; 0: it has enough, or its options have hardly any. */
  missing(soldVega: number, spotE8: bigint, atSeconds: number): bigint {
    if (atSeconds >= this.rules.series.expiry) return 0n
    const { vega } = this.#value(spotE8, atSeconds)
    if (vega < LEAST_VEGA) return 0n
    const wanted = (BigInt(Math.trunc(soldVega / vega)) * this.rules.shareBps) / BPS
    return wanted > this.#held ? wanted - this.#held : 0n
  }

  #value(spotE8: bigint, atSeconds: number): OptionValue {
    const { desk, series } = this.rules
    const volatilityBps = quotedVolatilityBps(desk.volatility, spotE8)
    return valueAt(desk, series, { spotE8, volatilityBps, atSeconds })
  }
}
