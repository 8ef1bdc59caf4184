// Schemas of a discount window's calls and events.
import { z } from 'zod'
import type { DiscountWindowCall, DiscountWindowEvent } from '../controls/discount-window.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, countSchema, uint256Schema } from './scalars.ts'
import { usedPricesSchema } from './used-prices.ts'

const window = { window: addressSchema }
const loan = { ...window, loan: countSchema }

export const discountWindowCallSchema = schemaOf<DiscountWindowCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('draw-window'),
      ...window,
      collateral: addressSchema,
      pledged: uint256Schema,
      amount: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('repay-window'), ...loan }),
    z.strictObject({ kind: z.literal('seize-pledge'), ...loan }),
  ]),
)

export const discountWindowEventSchema = schemaOf<DiscountWindowEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('window-drawn'),
      ...loan,
      borrower: addressSchema,
      collateral: addressSchema,
      pledged: uint256Schema,
      amount: uint256Schema,
      dueAt: countSchema,
      prices: usedPricesSchema,
    }),
    z.strictObject({
      kind: z.literal('window-repaid'),
      ...loan,
      principal: uint256Schema,
      interest: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('pledge-seized'),
      ...loan,
      unpaid: uint256Schema,
      pledged: uint256Schema,
    }),
  ]),
)
