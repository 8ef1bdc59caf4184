// The shape of a theft of one account's key.
import { z } from 'zod'
import { name } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const keyTheft = z.strictObject({
  kind: z.literal('key-theft'),
  ...faultTime,
  /** The node whose key is no longer its own alone. */
  account: name,
  /** The actor who can sign with it from now on, and drains the account by steps of its own. */
  actor: name,
})

export const keyTheftSchemas = [keyTheft] as const
