// Schemas of derivatives' calls and events, kind by kind.
import type { DerivativeCall } from '../derivatives/derivative-call.ts'
import type { DerivativeEvent } from '../derivatives/derivative-event.ts'
import { custodianCallSchema, custodianEventSchema } from './custodian.ts'
import { schemaOf } from './exact.ts'

export const derivativeCallSchema = schemaOf<DerivativeCall>()(custodianCallSchema)
export const derivativeEventSchema = schemaOf<DerivativeEvent>()(custodianEventSchema)
