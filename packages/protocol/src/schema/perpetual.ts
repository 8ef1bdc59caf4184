// Schemas of a clearing house's calls and events.
import { z } from 'zod'
import type { PerpetualCall } from '../derivatives/perpetual-call.ts'
import type { PerpetualEvent, PerpetualFill } from '../derivatives/perpetual-event.ts'
import { marginKinds } from '../derivatives/perpetual-spec.ts'
import { bookSides, MAX_BOOK_ORDERS, timesInForce } from '../market/book-call.ts'
import { listOf, schemaOf } from './exact.ts'
import {
  addressSchema,
  countSchema,
  int256Schema,
  oneOf,
  textSchema,
  uint32Schema,
  uint256Schema,
} from './scalars.ts'

const ofMarket = { house: addressSchema, perpetual: textSchema }
const ofAccount = { ...ofMarket, margin: oneOf(marginKinds) }

const order = {
  side: z.enum(bookSides),
  priceTicks: uint32Schema,
  lots: uint256Schema,
  timeInForce: z.enum(timesInForce),
}

export const perpetualCallSchema = schemaOf<PerpetualCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['deposit-margin', 'withdraw-margin']),
      ...ofAccount,
      amount: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('trade-perpetual'),
      ...ofAccount,
      units: int256Schema,
      minCash: int256Schema.nullable(),
    }),
    z.strictObject({ kind: z.literal('order-perpetual'), ...ofAccount, ...order }),
    z.strictObject({ kind: z.literal('cancel-perpetual-orders'), ...ofAccount }),
    z.strictObject({ kind: z.literal('pay-funding'), ...ofMarket }),
    z.strictObject({ kind: z.literal('liquidate-perpetual'), ...ofAccount, owner: addressSchema }),
  ]),
)

const ofEvent = { house: addressSchema, market: textSchema }

const fillsSchema = z
  .array(
    schemaOf<PerpetualFill>()(
      z.strictObject({
        limitId: countSchema,
        account: textSchema,
        priceTicks: uint32Schema,
        lots: uint256Schema,
      }),
    ),
  )
  .readonly()

export const perpetualEventSchema = schemaOf<PerpetualEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('margin-moved'),
      house: addressSchema,
      account: textSchema,
      amount: int256Schema,
    }),
    z.strictObject({
      kind: z.literal('perpetual-traded'),
      ...ofEvent,
      account: textSchema,
      units: int256Schema,
      cash: int256Schema,
      fee: uint256Schema,
      indexE8: uint256Schema.nullable(),
    }),
    z.strictObject({
      kind: z.literal('perpetual-order-placed'),
      ...ofEvent,
      account: textSchema,
      limitId: countSchema,
      ...order,
      fills: fillsSchema,
      fee: uint256Schema,
      indexE8: uint256Schema.nullable(),
    }),
    z.strictObject({
      kind: z.literal('perpetual-orders-cancelled'),
      ...ofEvent,
      account: textSchema,
      limitIds: listOf(countSchema, MAX_BOOK_ORDERS),
    }),
    z.strictObject({
      kind: z.literal('funding-paid'),
      ...ofEvent,
      rateE18: int256Schema,
      index: int256Schema,
      indexE8: uint256Schema,
      initialMarginBps: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('perpetual-liquidated'),
      ...ofEvent,
      account: textSchema,
      liquidator: addressSchema,
      units: int256Schema,
      reward: uint256Schema,
      toFund: uint256Schema,
      fills: fillsSchema,
      lateFills: fillsSchema,
      deleveraged: z
        .array(z.strictObject({ account: textSchema, units: int256Schema, cash: int256Schema }))
        .readonly(),
      fund: uint256Schema,
      badDebt: uint256Schema,
      indexE8: uint256Schema.nullable(),
    }),
  ]),
)
