// Schema of an isolated market's events.
import { z } from 'zod'
import type { IsolatedMarketEvent } from '../lending/isolated-market-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, uint256Schema } from './scalars.ts'
import { usedPricesSchema as prices } from './used-prices.ts'

const pool = addressSchema
const moved = { pool, user: addressSchema, amount: uint256Schema }

export const isolatedMarketEventSchema = schemaOf<IsolatedMarketEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('isolated-accrued'),
      pool,
      interest: uint256Schema,
      feeShares: uint256Schema,
      rateWad: uint256Schema,
      rateAtTargetWad: uint256Schema,
    }),
    z.strictObject({
      kind: z.enum(['isolated-supplied', 'isolated-withdrawn']),
      ...moved,
      shares: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('isolated-pledged'), ...moved }),
    z.strictObject({ kind: z.literal('isolated-released'), ...moved, prices }),
    z.strictObject({ kind: z.literal('isolated-borrowed'), ...moved, shares: uint256Schema, prices }),
    z.strictObject({
      kind: z.literal('isolated-repaid'),
      ...moved,
      payer: addressSchema,
      shares: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('isolated-liquidated'),
      pool,
      borrower: addressSchema,
      liquidator: addressSchema,
      repaid: uint256Schema,
      repaidShares: uint256Schema,
      seized: uint256Schema,
      badDebt: uint256Schema,
      badDebtShares: uint256Schema,
      prices,
    }),
  ]),
)
