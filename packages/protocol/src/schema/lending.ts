// Schemas of a lending pool's calls and events.
import { z } from 'zod'
import { collateralUses, type LendingCall, liquidationProceeds } from '../lending/lending-call.ts'
import type { LendingEvent } from '../lending/lending-event.ts'
import { collateralAuctionCallSchema, collateralAuctionEventSchema } from './collateral-auction.ts'
import { orNull, schemaOf } from './exact.ts'
import { isolatedMarketEventSchema } from './isolated-market.ts'
import { addressSchema, oneOf, textSchema, uint256Schema } from './scalars.ts'
import { usedPricesSchema } from './used-prices.ts'

const reserve = { pool: addressSchema, token: addressSchema }
const prices = usedPricesSchema
const amount = { ...reserve, amount: uint256Schema }

export const lendingCallSchema = schemaOf<LendingCall>()(
  z.discriminatedUnion('kind', [
    collateralAuctionCallSchema,
    z.strictObject({ kind: z.literal('supply'), ...amount }),
    z.strictObject({ kind: z.literal('withdraw'), ...amount }),
    z.strictObject({ kind: z.literal('borrow'), ...amount }),
    z.strictObject({ kind: z.literal('repay'), ...amount, onBehalfOf: addressSchema }),
    z.strictObject({ kind: z.literal('set-collateral'), ...reserve, use: oneOf(collateralUses) }),
    z.strictObject({ kind: z.literal('set-e-mode'), pool: addressSchema, eMode: orNull(textSchema) }),
    z.strictObject({
      kind: z.literal('liquidate'),
      pool: addressSchema,
      borrower: addressSchema,
      collateral: addressSchema,
      debt: addressSchema,
      debtToCover: uint256Schema,
      receive: oneOf(liquidationProceeds),
    }),
    z.strictObject({ kind: z.literal('mint-to-treasury'), ...reserve }),
    z.strictObject({ kind: z.literal('cover-deficit'), ...amount }),
  ]),
)

const moved = { ...amount, user: addressSchema, scaled: uint256Schema }

export const lendingEventSchema = schemaOf<LendingEvent>()(
  z.discriminatedUnion('kind', [
    collateralAuctionEventSchema,
    isolatedMarketEventSchema,
    z.strictObject({
      kind: z.literal('reserve-updated'),
      ...reserve,
      liquidityIndexRay: uint256Schema,
      borrowIndexRay: uint256Schema,
      supplyRateRay: uint256Schema,
      borrowRateRay: uint256Schema,
      scaledForTreasury: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('supplied'), ...moved }),
    z.strictObject({ kind: z.literal('withdrawn'), ...moved, prices }),
    z.strictObject({ kind: z.literal('borrowed'), ...moved, prices }),
    z.strictObject({ kind: z.literal('repaid'), ...moved, payer: addressSchema }),
    z.strictObject({
      kind: z.literal('collateral-set'),
      ...reserve,
      user: addressSchema,
      use: oneOf(collateralUses),
      prices,
    }),
    z.strictObject({
      kind: z.literal('e-mode-set'),
      pool: addressSchema,
      user: addressSchema,
      eMode: orNull(textSchema),
      prices,
    }),
    z.strictObject({
      kind: z.literal('liquidated'),
      pool: addressSchema,
      borrower: addressSchema,
      liquidator: addressSchema,
      collateral: addressSchema,
      debt: addressSchema,
      debtRepaid: uint256Schema,
      seized: uint256Schema,
      fee: uint256Schema,
      receive: oneOf(liquidationProceeds),
      healthFactor: uint256Schema,
      prices,
    }),
    z.strictObject({ kind: z.literal('bad-debt-booked'), ...amount, borrower: addressSchema }),
    z.strictObject({ kind: z.literal('deficit-covered'), ...amount, from: addressSchema }),
    z.strictObject({ kind: z.literal('treasury-minted'), ...reserve, scaled: uint256Schema }),
    z.strictObject({
      kind: z.literal('premium-collected'),
      ...reserve,
      scaled: uint256Schema,
      premium: uint256Schema,
    }),
  ]),
)
