// The shape of steps at a clearing house of perpetual futures.
import { marginKinds, timesInForce } from '@solvent/protocol'
import { z } from 'zod'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const account = {
  house: name,
  market: name,
  /** One margin under positions in all markets, or margin and position of this one. */
  margin: z.enum(marginKinds).default('cross'),
}

const moveMargin = z.strictObject({
  do: z.enum(['deposit-margin', 'withdraw-margin']),
  ...stepBase,
  ...account,
  /** Whole units of the coin of settlement. */
  amount: decimal,
})

const tradePerpetual = z.strictObject({
  do: z.literal('trade-perpetual'),
  ...stepBase,
  ...account,
  side: z.enum(['buy', 'sell']),
  /** Whole units of the underlying. */
  units: decimal,
  /** Pays at most, or gets at least, so many whole units of the coin of settlement; left out: whatever it is. */
  limit: decimal.optional(),
})

const orderPerpetual = z.strictObject({
  do: z.literal('order-perpetual'),
  ...stepBase,
  ...account,
  side: z.enum(['buy', 'sell']),
  /** Whole units of the underlying, rounded down to whole lots. */
  units: decimal,
  /** For one of it: a buyer's is rounded down to a tick, a seller's up. */
  price: decimal,
  timeInForce: z.enum(timesInForce).default('good-till-cancelled'),
})

const cancelOrders = z.strictObject({ do: z.literal('cancel-perpetual-orders'), ...stepBase, ...account })

export const perpetualStepSchemas = [moveMargin, tradePerpetual, orderPerpetual, cancelOrders] as const
