// The shape of what befalls nodes. Ranges: settlement.md §9, Node.
import { diskErrors, messageTypes } from '@solvent/protocol'
import { z } from 'zod'
import { seconds, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const node = z.string().min(1).max(48)
const forSeconds = whole(1, 86_400)
const restartAfterSeconds = seconds.nullable().default(null)

const crash = z.strictObject({
  kind: z.literal('crash'),
  ...faultTime,
  node,
  disk: z.enum(['kept', 'unsynced-lost', 'lost']).default('kept'),
  restartAfterSeconds,
  /** The process comes back with no more heap than this (catalogue: 96). */
  heapMegabytes: whole(64, 65_536).optional(),
})

/** A tenth of a second at least: SIGSTOP 0.1 to 120 s in the catalogue. */
const suspend = z.strictObject({
  kind: z.literal('suspend'),
  ...faultTime,
  node,
  forSeconds: z.number().min(0.1).max(86_400),
})

const clockSkew = z.strictObject({
  kind: z.literal('clock-skew'),
  ...faultTime,
  node,
  skewMs: whole(-3_600_000, 3_600_000),
})

const clockDrift = z.strictObject({
  kind: z.literal('clock-drift'),
  ...faultTime,
  node,
  forSeconds,
  ppm: whole(-100_000, 100_000),
})

const diskStall = z.strictObject({ kind: z.literal('disk-stall'), ...faultTime, node, forSeconds })

const diskFull = z.strictObject({
  kind: z.literal('disk-full'),
  ...faultTime,
  node,
  /** What the system says. */
  error: z.enum(diskErrors).default('ENOSPC'),
  restartAfterSeconds,
})

const loopBlock = z.strictObject({
  kind: z.literal('loop-block'),
  ...faultTime,
  node,
  forMs: whole(50, 5_000),
})

const versionMix = z.strictObject({
  kind: z.literal('version-mix'),
  ...faultTime,
  node,
  /** Types of messages that its version does not have. */
  lacks: z.array(z.enum(messageTypes)).min(1).max(messageTypes.length),
  forSeconds: whole(1, 31_536_000),
})

export const nodeFaultSchemas = [
  crash,
  suspend,
  clockSkew,
  clockDrift,
  diskStall,
  diskFull,
  loopBlock,
  versionMix,
] as const
