// The shape of what befalls promises of inclusion.
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const breakPreconfirmations = z.strictObject({
  kind: z.literal('break-preconfirmations'),
  ...faultTime,
  chain: name,
  forSeconds: whole(1, 86_400),
})

export const promiseFaultSchemas = [breakPreconfirmations] as const
