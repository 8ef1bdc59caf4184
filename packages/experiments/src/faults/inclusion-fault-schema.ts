// The shape of what keeps transactions out of blocks.
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const ofClass = {
  ...faultTime,
  chain: name,
  /** Participants, and kinds of calls; default: all. */
  senders: z.array(z.string().min(1).max(48)).max(64).default([]),
  calls: z.array(z.string().min(1).max(48)).max(64).default([]),
  sharePercent: whole(0, 100).default(100),
  forSeconds: whole(1, 31_536_000),
}

const censor = z.strictObject({ kind: z.literal('censor'), ...ofClass })
const dropTransactions = z.strictObject({ kind: z.literal('drop-transactions'), ...ofClass })

export const inclusionFaultSchemas = [censor, dropTransactions] as const
