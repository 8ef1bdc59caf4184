// The shape of how a solver buys back on markets what fills have drained, over which ways, and at what it costs at most to carry it.
import { z } from 'zod'
import { bps, name, seconds, whole } from './schema-scalars.ts'

export const sourcingSchema = z.strictObject({
  markets: z.array(name).min(1).max(64),
  bandBps: bps.default(2_000),
  /** Markets that a purchase may go over, one after another. */
  maxHops: whole(1, 4).default(3),
  /** Bridges that may bring what was bought on another chain; none: it buys where it is missing. */
  bridges: z.array(name).max(64).default([]),
  maxFeeBps: bps.default(100),
  maxWaitSeconds: seconds.default(31_536_000),
})
