// The shape of steps that move an actor's own tokens.
import { z } from 'zod'
import { decimal, name, symbol } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const transfer = z.strictObject({
  do: z.literal('transfer'),
  ...stepBase,
  chain: name,
  asset: symbol,
  amount: decimal,
  /** The name of a participant. */
  to: name,
})

export const transferStepSchemas = [transfer] as const
