// The shape of what befalls the producers of rollups.
import { outageModes } from '@solvent/protocol'
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const sequencerOutage = z.strictObject({
  kind: z.literal('sequencer-outage'),
  ...faultTime,
  /** A rollup: all its producers fail. Or a node, with all its chains. One of the two. */
  chain: name.optional(),
  node: z.string().min(1).max(48).optional(),
  mode: z.enum(outageModes).default('stopped'),
  /** `recorded`: drawn from the lengths of recorded outages. */
  forSeconds: z.union([whole(1, 31_536_000), z.literal('recorded')]),
})

export const sequencerFaultSchemas = [sequencerOutage] as const
