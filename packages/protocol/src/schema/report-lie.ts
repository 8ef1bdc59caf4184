// Schema of a reporter's order to go wrong.
import { z } from 'zod'
import type { MisreportOrder, ReportLie } from '../oracle/report-lie.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, countSchema, int256Schema, integerSchema } from './scalars.ts'

const reportLieSchema = schemaOf<ReportLie>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('silent') }),
    z.strictObject({ kind: z.literal('frozen') }),
    z.strictObject({ kind: z.literal('step'), bps: integerSchema }),
    z.strictObject({ kind: z.literal('drift'), bpsPerHour: integerSchema }),
    z.strictObject({ kind: z.literal('venue'), priceE8: int256Schema }),
    z.strictObject({ kind: z.literal('floor'), priceE8: int256Schema }),
    z.strictObject({ kind: z.literal('decimals'), shift: integerSchema }),
    z.strictObject({ kind: z.literal('answer'), answerE8: int256Schema }),
    z.strictObject({ kind: z.literal('round-back'), rounds: countSchema }),
  ]),
)

export const misreportOrderSchema = schemaOf<MisreportOrder>()(
  z.strictObject({ oracle: addressSchema, lie: reportLieSchema, untilMs: countSchema }),
)
