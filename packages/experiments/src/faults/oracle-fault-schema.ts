// The shape of how reporters of a feed go wrong: settlement.md §9, oracle faults.
import { z } from 'zod'
import { decimal, name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const base = {
  ...faultTime,
  /** A feed. */
  oracle: name,
  /** So many of its reporters, in the order of their names. */
  reporters: whole(1, 31).default(1),
  forSeconds: whole(1, 31_536_000),
}

export const oracleFaultSchemas = [
  z.strictObject({ kind: z.literal('oracle-outage'), ...base }),
  z.strictObject({ kind: z.literal('oracle-frozen'), ...base }),
  z.strictObject({ kind: z.literal('oracle-step'), ...base, bps: whole(-10_000, 100_000) }),
  z.strictObject({ kind: z.literal('oracle-drift'), ...base, bpsPerHour: whole(-10_000, 100_000) }),
  z.strictObject({ kind: z.literal('oracle-venue'), ...base, price: decimal }),
  z.strictObject({ kind: z.literal('oracle-floor'), ...base, price: decimal }),
  z.strictObject({ kind: z.literal('oracle-decimals'), ...base, shift: whole(-30, 30) }),
  /** Whole units of the numeraire, zero and below. */
  z.strictObject({
    kind: z.literal('oracle-negative'),
    ...base,
    answer: whole(-1_000_000_000, 0).default(0),
  }),
  z.strictObject({ kind: z.literal('oracle-round-back'), ...base, rounds: whole(1, 1_000).default(1) }),
  /** Of an uptime flag: what they say of the sequencer, whatever it does. */
  z.strictObject({ kind: z.literal('oracle-uptime'), ...base, says: z.enum(['up', 'down']) }),
] as const
