// Schema of what is said beside the rules.
import { z } from 'zod'
import type { SideChannelMessage } from '../wire/side-channel.ts'
import { signedTransactionSchema } from './call.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, hash32Schema, uint256Schema } from './scalars.ts'

export const sideChannelSchema = schemaOf<SideChannelMessage>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('cost'), orderId: hash32Schema, cost: uint256Schema }),
    z.strictObject({
      kind: z.literal('rival-bid'),
      orderId: hash32Schema,
      solver: addressSchema,
      outputAmount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('rival-fill'),
      orderId: hash32Schema,
      solver: addressSchema,
      outputAmount: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('pending'), transaction: signedTransactionSchema }),
  ]),
)
