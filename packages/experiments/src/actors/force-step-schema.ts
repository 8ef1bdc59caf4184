// The shape of steps that force an actor's transaction upon a rollup, through its L1.
import { z } from 'zod'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const forceTransfer = z.strictObject({
  do: z.literal('force-transfer'),
  ...stepBase,
  /** The rollup. */
  chain: name,
  asset: symbol,
  amount: decimal,
  /** The name of a participant. */
  to: name,
  /** How many transactions of the actor the rollup has had before. */
  nonce: whole(0, 1_000_000).default(0),
})

const forceInclusion = z.strictObject({
  do: z.literal('force-inclusion'),
  ...stepBase,
  /** The rollup, with a delay buffer. */
  chain: name,
})

export const forceStepSchemas = [forceTransfer, forceInclusion] as const
