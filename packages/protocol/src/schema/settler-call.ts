// Schema of the escrow contract's calls.
import { z } from 'zod'
import type { SettlerCall } from '../order/settler-call.ts'
import { signedAwardSchema } from './auction.ts'
import { orNull, schemaOf } from './exact.ts'
import { orderSchema } from './order.ts'
import { addressSchema, hash32Schema, signatureSchema, uint32Schema, uint256Schema } from './scalars.ts'

export const settlerCallSchema = schemaOf<SettlerCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('open'),
      order: orderSchema,
      signature: signatureSchema,
      award: orNull(signedAwardSchema),
    }),
    z.strictObject({
      kind: z.literal('open-part'),
      order: orderSchema,
      signature: signatureSchema,
      input: uint256Schema,
      salt: uint32Schema,
    }),
    z.strictObject({ kind: z.literal('cancel'), order: orderSchema }),
    z.strictObject({
      kind: z.literal('fill'),
      order: orderSchema,
      award: orNull(signedAwardSchema),
      amount: uint256Schema,
      payee: addressSchema,
    }),
    z.strictObject({ kind: z.literal('claim'), orderId: hash32Schema }),
    z.strictObject({ kind: z.literal('refund'), orderId: hash32Schema }),
  ]),
)
