// The shape of what befalls optimistic bridges beside a lying data source (`forge`).
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const disputeGriefing = z.strictObject({
  kind: z.literal('dispute-griefing'),
  ...faultTime,
  bridge: name,
  /** How many of the next bundles are disputed, right or wrong. */
  bundles: whole(1, 1_000).default(1),
})

const wrongVerdict = z.strictObject({
  kind: z.literal('wrong-verdict'),
  ...faultTime,
  bridge: name,
  /** How many of the next disputes are decided the wrong way. */
  rulings: whole(1, 1_000).default(1),
})

export const optimisticFaultSchemas = [disputeGriefing, wrongVerdict] as const
