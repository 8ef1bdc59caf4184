// Schemas of derivatives' calls and events, kind by kind.
import { z } from 'zod'
import type { DerivativeCall } from '../derivatives/derivative-call.ts'
import type { DerivativeEvent } from '../derivatives/derivative-event.ts'
import { coverCallSchema, coverEventSchema } from './cover.ts'
import { custodianCallSchema, custodianEventSchema } from './custodian.ts'
import { discountWindowCallSchema, discountWindowEventSchema } from './discount-window.ts'
import { schemaOf } from './exact.ts'
import { navFundCallSchema, navFundEventSchema } from './nav-fund.ts'
import { optionCallSchema, optionEventSchema } from './option.ts'
import { perpetualCallSchema, perpetualEventSchema } from './perpetual.ts'

export const derivativeCallSchema = schemaOf<DerivativeCall>()(
  z.discriminatedUnion('kind', [
    custodianCallSchema,
    coverCallSchema,
    discountWindowCallSchema,
    navFundCallSchema,
    optionCallSchema,
    perpetualCallSchema,
  ]),
)
export const derivativeEventSchema = schemaOf<DerivativeEvent>()(
  z.discriminatedUnion('kind', [
    custodianEventSchema,
    coverEventSchema,
    discountWindowEventSchema,
    navFundEventSchema,
    optionEventSchema,
    perpetualEventSchema,
  ]),
)
