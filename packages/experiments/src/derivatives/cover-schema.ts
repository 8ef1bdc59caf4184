// The shape of a fund that sells cover against a price that stays below a level.
import { coverPayments } from '@solvent/protocol'
import { z } from 'zod'
import { bps, decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

export const coverSchema = z.strictObject({
  chain: name,
  /** The coin of the fund. */
  asset: symbol,
  /** At the start, whole units. */
  capital: decimal,
  oracle: name,
  level: decimal,
  forSeconds: whole(1, 31_536_000),
  /** Nothing after this moment of the run counts; left out: it lasts as long as the run. */
  untilSeconds: whole(1, 31_536_000).optional(),
  premiumBps: bps.default(100),
  leverageBps: whole(1, 1_000_000).default(10_000),
  payment: z.enum(coverPayments).default('pro-rata'),
})
