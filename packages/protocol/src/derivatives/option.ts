// A desk that sells options on one chain out of finite capital and settles them in cash: its terms, what a transaction asks of it, and what it
// did. docs/models/option.md.
import type { Address, ChainId } from '@solvent/primitives'
import type { PriceRule } from '../network/oracle-spec.ts'

export const optionKinds = ['call', 'put'] as const

/** What a hedger follows: its deltas are taken at the volatility of the start, or at the one that the desk quotes by at this price. */
export const hedgedMoves = ['price', 'price-and-volatility'] as const
export type HedgedMoves = (typeof hedgedMoves)[number]

export interface OptionSeriesSpec {
  readonly name: string
  readonly option: (typeof optionKinds)[number]
  readonly strikeE8: bigint
  /** Unix seconds. */
  readonly expiry: number
}

/** A year; it rises by a stated share of every fall from the price at the start. */
export interface VolatilityRule {
  readonly startPriceE8: bigint
  readonly startBps: bigint
  /** For a fall by all of the price. */
  readonly perFallBps: bigint
  readonly floorBps: bigint
  readonly capBps: bigint
}

export interface OptionDeskSpec {
  readonly kind: 'option-desk'
  readonly name: string
  readonly address: Address
  readonly chainId: ChainId
  /** Premiums and payoffs are in it. */
  readonly token: Address
  /** At the start. */
  readonly capital: bigint
  readonly index: PriceRule
  /** One whole underlying and one whole coin of settlement. */
  readonly baseUnit: bigint
  readonly quoteUnit: bigint
  /** On top of the model's price. */
  readonly spreadBps: bigint
  /** What a call reserves, of its strike. */
  readonly callReserveBps: bigint
  /** A year, continuously compounded. */
  readonly rateBps: bigint
  readonly volatility: VolatilityRule
  readonly series: readonly OptionSeriesSpec[]
  /** Accounts that trade the underlying to hedge what it has sold. */
  readonly hedgers: readonly Address[]
}

interface OfSeries {
  readonly desk: Address
  /** Its name. */
  readonly series: string
}

export type OptionCall =
  | (OfSeries & { readonly kind: 'buy-option'; readonly units: bigint; readonly maxPremium: bigint })
  /** Fixes what the holders of an expired series are paid; anyone may. */
  | (OfSeries & { readonly kind: 'settle-options' })
  /** Pays a holder; anyone may ask. */
  | (OfSeries & { readonly kind: 'exercise-option'; readonly holder: Address })

export type OptionEvent =
  | (OfSeries & {
      readonly kind: 'option-bought'
      readonly holder: Address
      readonly units: bigint
      readonly premium: bigint
      /** What it was quoted by. */
      readonly spotE8: bigint
      readonly volatilityBps: bigint
    })
  | (OfSeries & {
      readonly kind: 'options-settled'
      readonly priceE8: bigint
      /** To all holders, and what of it is there for them. */
      readonly owed: bigint
      readonly due: bigint
    })
  | (OfSeries & {
      readonly kind: 'option-exercised'
      readonly holder: Address
      readonly units: bigint
      readonly paid: bigint
    })
