// What a measure may change of a reserve's terms, as files write it.
import { reserveStatuses } from '@solvent/protocol'
import { z } from 'zod'
import { bps, whole } from '../scenario/schema-scalars.ts'

export const termsFields = {
  ltvBps: bps.optional(),
  liquidationThresholdBps: bps.optional(),
  /** Whole units; 0: none. */
  supplyCap: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  borrowCap: whole(0, Number.MAX_SAFE_INTEGER).optional(),
  status: z.enum(reserveStatuses).optional(),
}
