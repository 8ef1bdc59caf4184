// Schema of orders, and of orders with their user's signature.
import { z } from 'zod'
import { auctionRules } from '../order/auction-rule.ts'
import { type CurvePoint, MOST_CURVE_POINTS } from '../order/block-curve.ts'
import type { AwardRule, Order, Pricing, SignedOrder } from '../order/order.ts'
import { listOf, schemaOf } from './exact.ts'
import {
  addressSchema,
  chainIdSchema,
  int256Schema,
  oneOf,
  signatureSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'

const curvePointSchema = schemaOf<CurvePoint>()(z.strictObject({ blocks: uint32Schema, fall: int256Schema }))

const pricingSchema = schemaOf<Pricing>()(
  z.discriminatedUnion('rule', [
    z.strictObject({ rule: z.literal('limit') }),
    z.strictObject({
      rule: z.literal('dutch'),
      startAmount: uint256Schema,
      decayStart: uint32Schema,
      decayEnd: uint32Schema,
    }),
    z.strictObject({
      rule: z.literal('block-dutch'),
      startAmount: uint256Schema,
      decayStartBlock: uint32Schema,
      curve: listOf(curvePointSchema, MOST_CURVE_POINTS),
    }),
    z.strictObject({
      rule: z.literal('priority-fee'),
      feeUnit: uint256Schema,
      milliBipsPerFee: uint32Schema,
    }),
  ]),
)

const awardRuleSchema = schemaOf<AwardRule>()(
  z.discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('user'),
      solver: addressSchema,
      exclusiveUntil: uint32Schema,
      overrideBps: uint32Schema,
    }),
    z.strictObject({ by: z.literal('chain') }),
    z.strictObject({ by: z.literal('parts'), leastPartBps: uint32Schema, exclusiveUntil: uint32Schema }),
    z.strictObject({
      by: z.literal('auctioneer'),
      auctioneer: addressSchema,
      rule: oneOf(auctionRules),
      closesAt: uint32Schema,
      exclusiveUntil: uint32Schema,
    }),
  ]),
)

export const orderSchema = schemaOf<Order>()(
  z.strictObject({
    originChainId: chainIdSchema,
    originSettler: addressSchema,
    user: addressSchema,
    nonce: uint256Schema,
    openDeadline: uint32Schema,
    fillDeadline: uint32Schema,
    expires: uint32Schema,
    input: z.strictObject({ token: addressSchema, amount: uint256Schema }),
    output: z.strictObject({
      chainId: chainIdSchema,
      settler: addressSchema,
      token: addressSchema,
      minAmount: uint256Schema,
      recipient: addressSchema,
    }),
    prover: addressSchema,
    pricing: pricingSchema,
    award: awardRuleSchema,
  }),
)

export const signedOrderSchema = schemaOf<SignedOrder>()(
  z.strictObject({ order: orderSchema, signature: signatureSchema }),
)
