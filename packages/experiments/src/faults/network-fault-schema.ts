// The shape of what befalls links between nodes. Ranges: settlement.md §9, Network.
import { strangerManners } from '@solvent/protocol'
import { z } from 'zod'
import { share, whole } from '../scenario/schema-scalars.ts'
import { faultTime, nodeNames } from './fault-time.ts'

const forSeconds = whole(1, 86_400)
const ms = whole(0, 600_000)
const sides = { from: nodeNames, to: nodeNames }

const partition = z.strictObject({
  kind: z.literal('partition'),
  ...faultTime,
  from: nodeNames.optional(),
  to: nodeNames.optional(),
  /** In their place: how many nodes are cut off from all others; the seed draws which. */
  size: whole(1, 255).optional(),
  symmetric: z.boolean().default(true),
  forSeconds,
  /** Nothing passes; everything passes late; nothing passes until the end, and then everything does. */
  mode: z.enum(['stopped', 'slowed', 'jammed']).default('stopped'),
  /** How late, when slowed. */
  delayMs: whole(1, 600_000).default(10_000),
})

const link = z.strictObject({
  kind: z.literal('link'),
  ...faultTime,
  ...sides,
  symmetric: z.boolean().default(true),
  forSeconds,
  loss: share.default(0),
  duplicate: share.default(0),
  /** Frames with a wrong byte, which their receiver drops. */
  corrupt: share.default(0),
  delayMs: ms.default(0),
  jitterMs: ms.default(0),
  /** This share is later by three times the mean latency of the scenario's links, and so comes out of order. */
  reorder: share.default(0),
  /** This share is later by `tailMs`. */
  tailShare: share.default(0),
  tailMs: ms.default(0),
})

const spike = z.strictObject({
  kind: z.literal('spike'),
  ...faultTime,
  ...sides,
  forSeconds,
  /** Latencies are this many times as long. */
  factor: whole(2, 1_000),
})

const clog = z.strictObject({ kind: z.literal('clog'), ...faultTime, ...sides, forSeconds })

const slowPeer = z.strictObject({
  kind: z.literal('slow-peer'),
  ...faultTime,
  node: z.string().min(1).max(48),
  forSeconds,
  bytesPerSecond: whole(1, 1_000_000_000),
})

const reset = z.strictObject({
  kind: z.literal('reset'),
  ...faultTime,
  ...sides,
  /** Between two frames, or when half of one is out. */
  where: z.enum(['between-frames', 'inside-frame']).default('between-frames'),
})

const refused = z.strictObject({ kind: z.literal('refused'), ...faultTime, ...sides, forSeconds })

const node = z.string().min(1).max(48)

const eclipse = z.strictObject({
  kind: z.literal('eclipse'),
  ...faultTime,
  node,
  forSeconds,
  /** Honest peers that it still reaches; the seed draws which. All that it dials when left out. */
  outbound: whole(0, 255).optional(),
})

const strangers = z.strictObject({
  kind: z.literal('strangers'),
  ...faultTime,
  node,
  forSeconds,
  connections: whole(1, 100),
  manner: z.enum(strangerManners),
})

export const networkFaultSchemas = [
  partition,
  link,
  spike,
  clog,
  slowPeer,
  reset,
  refused,
  eclipse,
  strangers,
] as const
