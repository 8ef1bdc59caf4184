// The shape of an L1's validators.
import { DEFAULT_VALIDATORS, INACTIVITY_QUOTIENT } from '@solvent/protocol'
import { z } from 'zod'
import { name, share, whole } from './schema-scalars.ts'

/** Groups that stand and fall together (one client, one operator), by their share of all validators. */
export const validatorSetSchema = z.strictObject({
  /** Validators of 32 units of the gas asset each, in all groups together. */
  total: whole(1, 2_000_000).default(DEFAULT_VALIDATORS),
  /** Absent: one group at each producer, all of the same size. */
  groups: z
    .record(
      name,
      z.strictObject({
        share,
        /** The producer that proposes and votes for them, from 1; absent: in turns. */
        producer: whole(1, 32).optional(),
      }),
    )
    .optional(),
  /** Smaller than Ethereum's: the stake of absent validators leaks away sooner. */
  inactivityQuotient: whole(1, 2 ** 32).default(INACTIVITY_QUOTIENT),
})
