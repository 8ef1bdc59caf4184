// The shape of steps that move tokens: an actor's own, and those of accounts whose keys are broken.
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

const drain = z.strictObject({
  do: z.literal('drain'),
  ...stepBase,
  /** The node whose account pays. */
  victim: name,
  chain: name,
  asset: symbol,
  amount: decimal,
})

export const transferStepSchemas = [transfer, drain] as const
