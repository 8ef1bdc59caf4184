// The shape of what befalls the validators of an L1, and of re-orgs.
import { z } from 'zod'
import { name, share, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

/** A group by its name, a share of it or of all groups alike. */
const whom = { group: name.optional(), share: share.optional() }

const attestersOffline = z.strictObject({
  kind: z.literal('attesters-offline'),
  ...faultTime,
  chain: name,
  ...whom,
  forSeconds: whole(1, 31_536_000),
})

const missedSlots = z.strictObject({
  kind: z.literal('missed-slots'),
  ...faultTime,
  chain: name,
  ...whom,
  forSeconds: whole(1, 31_536_000),
})

const reorg = z.strictObject({
  kind: z.literal('reorg'),
  ...faultTime,
  chain: name,
  /** Blocks that are taken back; refused in the run when one of them is final. */
  depth: whole(1, 4_096),
})

const equivocation = z.strictObject({
  kind: z.literal('equivocation'),
  ...faultTime,
  chain: name,
  group: name.optional(),
})

export const consensusFaultSchemas = [attestersOffline, missedSlots, reorg, equivocation] as const
