// The shape of what befalls nodes.
import { z } from 'zod'
import { seconds, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const crash = z.strictObject({
  kind: z.literal('crash'),
  ...faultTime,
  node: z.string(),
  disk: z.enum(['kept', 'unsynced-lost', 'lost']).default('kept'),
  restartAfterSeconds: seconds.nullable().default(null),
})

const suspend = z.strictObject({
  kind: z.literal('suspend'),
  ...faultTime,
  node: z.string(),
  forSeconds: whole(1, 86_400),
})

const clockSkew = z.strictObject({
  kind: z.literal('clock-skew'),
  ...faultTime,
  node: z.string(),
  skewMs: whole(-3_600_000, 3_600_000),
})

export const nodeFaultSchemas = [crash, suspend, clockSkew] as const
