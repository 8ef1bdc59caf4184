// The shape of steps that rotate the key of an account.
import { z } from 'zod'
import { name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const rotateKey = z.strictObject({
  do: z.literal('rotate-key'),
  ...stepBase,
  chain: name,
  /** Of which signature scheme the next key is. */
  scheme: name,
})

export const keyStepSchemas = [rotateKey] as const
