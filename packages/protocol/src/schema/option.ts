// Schemas of an option desk's calls and events.
import { z } from 'zod'
import type { OptionCall, OptionEvent } from '../derivatives/option.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, textSchema, uint256Schema } from './scalars.ts'

const ofSeries = { desk: addressSchema, series: textSchema }

export const optionCallSchema = schemaOf<OptionCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('buy-option'),
      ...ofSeries,
      units: uint256Schema,
      maxPremium: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('settle-options'), ...ofSeries }),
    z.strictObject({ kind: z.literal('exercise-option'), ...ofSeries, holder: addressSchema }),
  ]),
)

export const optionEventSchema = schemaOf<OptionEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('option-bought'),
      ...ofSeries,
      holder: addressSchema,
      units: uint256Schema,
      premium: uint256Schema,
      spotE8: uint256Schema,
      volatilityBps: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('options-settled'),
      ...ofSeries,
      priceE8: uint256Schema,
      owed: uint256Schema,
      due: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('option-exercised'),
      ...ofSeries,
      holder: addressSchema,
      units: uint256Schema,
      paid: uint256Schema,
    }),
  ]),
)
