// The shape of a step that places an order in a limit order book.
import { timesInForce } from '@solvent/protocol'
import { z } from 'zod'
import { decimal, name, seconds } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const placeOrder = z.strictObject({
  do: z.literal('place-order'),
  ...stepBase,
  market: name,
  side: z.enum(['buy', 'sell']),
  /** Of the market's first asset in the second: a buyer's is rounded down to a tick, a seller's up. */
  price: decimal,
  /** Whole units of the first asset, rounded down to whole lots. */
  amount: decimal,
  timeInForce: z.enum(timesInForce).default('good-till-cancelled'),
  deadlineSeconds: seconds.optional(),
})

export const bookStepSchemas = [placeOrder] as const
