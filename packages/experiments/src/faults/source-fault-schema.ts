// The shape of what data sources do to verifiers.
import { sourceLies } from '@solvent/protocol'
import { z } from 'zod'
import { name, whole } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const sourceLie = z.strictObject({
  kind: z.literal('source-lie'),
  ...faultTime,
  bridge: name,
  /** What the sources are misleading about. */
  chain: name,
  lie: z.enum(sourceLies),
  /** How many of the verifiers read from them, in the order of their names. */
  verifiers: whole(1, 64).default(1),
  /** In its place: all verifiers of a failure domain. */
  domain: name.optional(),
  forSeconds: whole(1, 31_536_000),
})

export const sourceFaultSchemas = [sourceLie] as const
