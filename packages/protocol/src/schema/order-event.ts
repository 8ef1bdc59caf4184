// Schema of the escrow contract's events.
import { z } from 'zod'
import type { OrderEvent } from '../order/order-event.ts'
import { schemaOf } from './exact.ts'
import { orderSchema } from './order.ts'
import { addressSchema, hash32Schema, signatureSchema, uint32Schema, uint256Schema } from './scalars.ts'

export const orderEventSchema = schemaOf<OrderEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('order-opened'),
      orderId: hash32Schema,
      order: orderSchema,
      signature: signatureSchema,
      opener: addressSchema,
      exclusiveSolver: addressSchema,
      exclusiveUntil: uint32Schema,
      requiredAmount: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('order-cancelled'), orderId: hash32Schema }),
    z.strictObject({
      kind: z.literal('order-filled'),
      orderId: hash32Schema,
      order: orderSchema,
      solver: addressSchema,
      payee: addressSchema,
      outputAmount: uint256Schema,
      exclusiveSolver: addressSchema,
      exclusiveUntil: uint32Schema,
      requiredAmount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('fill-proven'),
      orderId: hash32Schema,
      payee: addressSchema,
      outputAmount: uint256Schema,
      filledAt: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('order-claimed'),
      orderId: hash32Schema,
      payee: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('order-refunded'),
      orderId: hash32Schema,
      user: addressSchema,
      token: addressSchema,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('nonce-used'),
      user: addressSchema,
      nonce: uint256Schema,
      orderId: hash32Schema,
    }),
  ]),
)
