// The shape of what people do to a bridge's limiter: votes on what waits, and prices.
import { z } from 'zod'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const vote = z.strictObject({
  kind: z.literal('vote'),
  ...faultTime,
  bridge: name,
  vote: z.enum(['release', 'censor']),
  /** How many of them, in the order of their names. */
  verifiers: whole(1, 64),
})

const price = z.strictObject({
  kind: z.literal('limiter-price'),
  ...faultTime,
  bridge: name,
  asset: symbol,
  /** Numeraire per whole unit. */
  price: decimal,
})

export const limiterFaultSchemas = [vote, price] as const
