// What a measure may change of a reserve's terms, as files write it.
import { reserveStatuses } from '@solvent/protocol'
import { z } from 'zod'
import { bps, cap } from '../scenario/schema-scalars.ts'

export const termsFields = {
  ltvBps: bps.optional(),
  liquidationThresholdBps: bps.optional(),
  /** Whole units; 0: none. */
  supplyCap: cap.optional(),
  borrowCap: cap.optional(),
  status: z.enum(reserveStatuses).optional(),
}
