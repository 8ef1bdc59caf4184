// Schemas of what controls say.
import { z } from 'zod'
import type { ControlEvent } from '../controls/control-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, countSchema, uint256Schema } from './scalars.ts'

export const controlEventSchema = schemaOf<ControlEvent>()(
  z.strictObject({
    kind: z.literal('breaker-tripped'),
    breaker: addressSchema,
    guarded: addressSchema,
    reference: uint256Schema,
    price: uint256Schema,
    haltedUntil: countSchema,
  }),
)
