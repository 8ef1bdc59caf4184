// The shape of attacks and other deeds of actors as faults: which step of whom is played.
import { z } from 'zod'
import { name } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

const act = z.strictObject({
  kind: z.literal('act'),
  ...faultTime,
  actor: name,
  /** Label of a step of the actor with `when: called`. */
  step: name,
})

export const actFaultSchemas = [act] as const
