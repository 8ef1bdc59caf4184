// The shape of what befalls links between nodes.
import { z } from 'zod'
import { share, whole } from '../scenario/schema-scalars.ts'
import { faultTime, nodeNames } from './fault-time.ts'

const partition = z.strictObject({
  kind: z.literal('partition'),
  ...faultTime,
  from: nodeNames,
  to: nodeNames,
  symmetric: z.boolean().default(true),
  forSeconds: whole(1, 86_400),
})

const link = z.strictObject({
  kind: z.literal('link'),
  ...faultTime,
  from: nodeNames,
  to: nodeNames,
  forSeconds: whole(1, 86_400),
  loss: share.default(0),
  duplicate: share.default(0),
  delayMs: whole(0, 600_000).default(0),
  jitterMs: whole(0, 600_000).default(0),
})

export const networkFaultSchemas = [partition, link] as const
