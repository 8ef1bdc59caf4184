// The shape of what befalls the fee markets of chains.
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

/** The catalogue of faults has rushes of ×2 to ×500 that last a minute to six hours. */
const rush = {
  ...faultTime,
  chain: name,
  /** How many times the ordinary demand. */
  times: whole(2, 500),
  forSeconds: whole(60, 21_600),
}

const gasSpike = z.strictObject({ kind: z.literal('gas-spike'), ...rush })
const blobSpike = z.strictObject({ kind: z.literal('blob-spike'), ...rush })

export const marketFaultSchemas = [gasSpike, blobSpike] as const
