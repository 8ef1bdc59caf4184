// The shape of an option desk and of who hedges what it has sold.
import { hedgedMoves, optionKinds } from '@solvent/protocol'
import { z } from 'zod'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

const series = z.strictObject({
  option: z.enum(optionKinds),
  strike: decimal,
  /** After the start. */
  expirySeconds: whole(1, 315_360_000),
})

export const optionDeskSchema = z.strictObject({
  chain: name,
  /** The coin of settlement. */
  asset: symbol,
  /** Its price at the start is where the volatility starts. */
  underlying: symbol,
  oracle: name,
  /** At the start, whole units. */
  capital: decimal,
  spreadBps: bps.default(500),
  callReserveBps: whole(1, 1_000_000).default(20_000),
  rateBps: bps.default(0),
  /** A year. */
  volatility: z
    .strictObject({
      startBps: whole(1, 1_000_000).default(6_000),
      /** For a fall by all of the price. */
      perFallBps: whole(0, 1_000_000).default(0),
      floorBps: whole(1, 1_000_000).default(1_000),
      capBps: whole(1, 1_000_000).default(50_000),
    })
    .prefault({}),
  series: z.record(name, series),
})

export const hedgerSchema = z.strictObject({
  desk: name,
  /** Of the desk's chain, where the underlying trades for the coin of settlement. */
  market: name,
  /** Symbol → whole units at the start, beyond the gas money that it has. */
  holdings: z.record(symbol, decimal),
  follows: z.enum(hedgedMoves).default('price-and-volatility'),
  /** Of what the desk has sold. */
  shareBps: whole(1, 10_000).default(10_000),
  /** Of all options that it hedges: by less than that it does not trade. */
  bandBps: bps.default(100),
  /** Options of another desk that it buys against the volatility; left out: it does not. */
  vega: z.strictObject({ desk: name, series: name, shareBps: whole(1, 10_000).default(10_000) }).optional(),
})

export type ScenarioHedger = z.infer<typeof hedgerSchema>
