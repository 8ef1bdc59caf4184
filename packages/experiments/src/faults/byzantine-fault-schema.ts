// The shape of Byzantine nodes: what one does against the protocol, and for how long. Kinds: settlement.md §9, Node.
import { messageTypes, misconducts } from '@solvent/protocol'
import { z } from 'zod'
import { whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const byzantine = z.strictObject({
  kind: z.literal('byzantine'),
  ...faultTime,
  node: z.string().min(1).max(48),
  conduct: z.enum(misconducts).exclude(['lack-types']),
  /** Which messages it concerns; none: all. */
  messages: z.array(z.enum(messageTypes)).max(messageTypes.length).default([]),
  forSeconds: whole(1, 31_536_000),
})

export const byzantineFaultSchemas = [byzantine] as const
