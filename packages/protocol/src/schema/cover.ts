// Schemas of a cover fund's calls and events.
import { z } from 'zod'
import type { CoverCall, CoverEvent } from '../derivatives/cover.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, countSchema, uint256Schema } from './scalars.ts'

export const coverCallSchema = schemaOf<CoverCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('buy-cover'), cover: addressSchema, amount: uint256Schema }),
    z.strictObject({ kind: z.literal('note-stress'), cover: addressSchema }),
    z.strictObject({ kind: z.literal('claim-cover'), cover: addressSchema, holder: addressSchema }),
  ]),
)

export const coverEventSchema = schemaOf<CoverEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('cover-bought'),
      cover: addressSchema,
      holder: addressSchema,
      amount: uint256Schema,
      premium: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('stress-noted'),
      cover: addressSchema,
      priceE8: uint256Schema.nullable(),
      belowSeconds: countSchema,
      triggeredAt: countSchema.nullable(),
    }),
    z.strictObject({
      kind: z.literal('cover-claimed'),
      cover: addressSchema,
      holder: addressSchema,
      covered: uint256Schema,
      paid: uint256Schema,
    }),
  ]),
)
