// The shape of an arbitrageur: where it trades, with what, and for how little.
import { z } from 'zod'
import { amountsByChain, bps, decimal, name } from './schema-scalars.ts'

export const arbitrageurSchema = z.strictObject({
  /** Contracts, by name; by default all of the file. */
  markets: z.array(name).min(2).max(64).optional(),
  /** Algorithmic stablecoins that it buys below their peg, burns, and sells the token of. */
  stablecoins: z.array(name).max(16).default([]),
  /** Chain → symbol → whole units at the start, beyond the gas money that it has. */
  inventory: amountsByChain,
  /** Numeraire that must be left after gas. */
  minProfit: decimal.default('0'),
  /** Of the expected profit, offered as the priority fee when the profit is in the gas asset. */
  bidShareBps: bps.default(0),
})
