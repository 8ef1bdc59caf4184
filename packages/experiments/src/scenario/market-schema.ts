// The shape of a market: where it is, what it trades, and how deep it is when the run begins.
import { z } from 'zod'
import { amountsBySymbol, decimal, name, share, symbol, whole } from './schema-scalars.ts'

const market = {
  chain: name,
  /** Of what comes in, below 10,000; "30" is 0.3 %. */
  feeBps: z
    .string('basis points in quotes, e.g. "30" or "0.5"')
    .regex(
      /^(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$/,
      'basis points in quotes with at most two decimals, e.g. "30"',
    )
    .default('30'),
  /** The same depth split evenly over so many contracts: `<name>-1`, `<name>-2`, … */
  venues: whole(1, 64).default(1),
  /** Other chains: the venues are on `chain` and on these in turn. */
  alsoOn: z.array(name).max(15).default([]),
  /** Who provided the depth and holds its shares: an actor; by default a passive account. */
  provider: name.optional(),
}

const constantProduct = z.strictObject({
  kind: z.literal('constant-product'),
  ...market,
  /** Symbol → whole units in the pool, two of them: prices are of the first in the second. */
  reserves: amountsBySymbol,
})

const stableSwap = z.strictObject({
  kind: z.literal('stable-swap'),
  ...market,
  reserves: amountsBySymbol,
  /** A as Curve's contracts count it. */
  amplification: whole(2, 1_000_000).default(100),
  /** What one of the first asset ought to be worth in the second. */
  rate: decimal.default('1'),
})

const concentrated = z.strictObject({
  kind: z.literal('concentrated'),
  ...market,
  /** What the ranges are provided from: the price at the start is the second over the first. */
  reserves: amountsBySymbol,
  /** Ranges begin and end at multiples of it; a tick is a hundredth of a percent. */
  tickSpacing: whole(1, 16_383).default(60),
  ranges: z
    .array(
      z.strictObject({
        /** Prices of the first asset in the second, widened to whole ticks. */
        lower: decimal,
        upper: decimal,
        /** Of both reserves, as much as fits the range. */
        share: share.default(1),
        /** Whose it is; by default the market's provider. */
        provider: name.optional(),
        /** A contract that owns the range and gives the provider shares of it, by this name. */
        vault: name.optional(),
      }),
    )
    .min(1)
    .max(1_000),
})

const orderBook = z.strictObject({
  kind: z.literal('order-book'),
  chain: market.chain,
  venues: market.venues,
  alsoOn: market.alsoOn,
  /** Prices are of the first in the second. */
  base: symbol,
  quote: symbol,
  /** Whole units of the first asset: sizes are multiples of it. */
  lot: decimal,
  /** Of the price. */
  tick: decimal,
  /** Of what a taker receives. */
  feeBps: market.feeBps.default('5'),
  /** Of the same, what the maker gets of it. */
  makerRebateBps: market.feeBps.default('0'),
})

export const marketSchema = z.discriminatedUnion('kind', [
  constantProduct,
  stableSwap,
  concentrated,
  orderBook,
])
