// The shape of a scenario's faults: what breaks, when, for how long.
import { z } from 'zod'
import { decimal, name, seconds, share, symbol, whole } from './schema-scalars.ts'

const at = { atSeconds: seconds }
const nodeNames = z.array(z.string().min(1).max(48)).min(1).max(64)
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('forge'),
    ...at,
    bridge: name,
    asset: symbol,
    from: name,
    to: name,
    amount: decimal,
    /** How many verifiers see the poisoned data source. */
    poisoned: whole(1, 64).default(1),
    sequence: whole(0, 2 ** 31 - 1).default(1_000_000),
  }),
  z.strictObject({
    kind: z.literal('pause'),
    ...at,
    bridge: name,
    authority: z.enum(['issuer', 'guardian']),
    /** 0: until it is lifted. */
    forSeconds: seconds.default(0),
  }),
  z.strictObject({
    kind: z.literal('unpause'),
    ...at,
    bridge: name,
    authority: z.enum(['issuer', 'guardian']),
  }),
  z.strictObject({
    kind: z.literal('crash'),
    ...at,
    node: z.string(),
    disk: z.enum(['kept', 'unsynced-lost', 'lost']).default('kept'),
    restartAfterSeconds: seconds.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('suspend'), ...at, node: z.string(), forSeconds: whole(1, 86_400) }),
  z.strictObject({
    kind: z.literal('partition'),
    ...at,
    from: nodeNames,
    to: nodeNames,
    symmetric: z.boolean().default(true),
    forSeconds: whole(1, 86_400),
  }),
  z.strictObject({
    kind: z.literal('link'),
    ...at,
    from: nodeNames,
    to: nodeNames,
    forSeconds: whole(1, 86_400),
    loss: share.default(0),
    duplicate: share.default(0),
    delayMs: whole(0, 600_000).default(0),
    jitterMs: whole(0, 600_000).default(0),
  }),
  z.strictObject({
    kind: z.literal('clock-skew'),
    ...at,
    node: z.string(),
    skewMs: whole(-3_600_000, 3_600_000),
  }),
])
