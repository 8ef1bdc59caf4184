// The shape of what an issuer does after a loss.
import { z } from 'zod'
import { decimal, name, symbol } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const shareLoss = z.strictObject({
  kind: z.literal('share-loss'),
  ...faultTime,
  bridge: name,
  asset: symbol,
  /** Whole units that may still be redeemed; default: what the issuer counts, from those at the start on. */
  claims: decimal.optional(),
})

export const recoveryFaultSchemas = [shareLoss] as const
