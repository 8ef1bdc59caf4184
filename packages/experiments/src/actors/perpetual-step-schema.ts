// The shape of steps at a clearing house of perpetual futures.
import { marginKinds } from '@solvent/protocol'
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

export const perpetualStepSchemas = [moveMargin, tradePerpetual] as const
