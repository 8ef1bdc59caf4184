// Schemas of the calls and events of a lending pool's auctions.
import { z } from 'zod'
import type { CollateralAuctionCall } from '../lending/collateral-auction-call.ts'
import { bidSteps, type CollateralAuctionEvent } from '../lending/collateral-auction-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, countSchema, oneOf, uint256Schema } from './scalars.ts'
import { usedPricesSchema } from './used-prices.ts'

const auction = { pool: addressSchema, auction: countSchema }
const account = {
  pool: addressSchema,
  borrower: addressSchema,
  collateral: addressSchema,
  debt: addressSchema,
}

export const collateralAuctionCallSchema = schemaOf<CollateralAuctionCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('start-auction'), ...account }),
    z.strictObject({
      kind: z.literal('bid-in-auction'),
      ...auction,
      lot: uint256Schema,
      bid: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('settle-auction'), ...auction }),
    z.strictObject({
      kind: z.literal('buy-in-auction'),
      ...auction,
      amount: uint256Schema,
      maxPriceRay: uint256Schema,
    }),
    z.strictObject({ kind: z.literal('restart-auction'), ...auction }),
  ]),
)

export const collateralAuctionEventSchema = schemaOf<CollateralAuctionEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('auction-started'),
      ...auction,
      ...account,
      lot: uint256Schema,
      owed: uint256Schema,
      tab: uint256Schema,
      topRay: uint256Schema,
      healthFactor: uint256Schema,
      prices: usedPricesSchema,
    }),
    z.strictObject({
      kind: z.literal('auction-bid'),
      ...auction,
      bidder: addressSchema,
      step: oneOf(bidSteps),
      lot: uint256Schema,
      bid: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('auction-settled'),
      ...auction,
      winner: addressSchema,
      lot: uint256Schema,
      paid: uint256Schema,
      recovered: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('auction-sold'),
      ...auction,
      buyer: addressSchema,
      lot: uint256Schema,
      priceRay: uint256Schema,
      paid: uint256Schema,
      recovered: uint256Schema,
      returned: uint256Schema,
      leftRay: uint256Schema,
      isOver: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('auction-restarted'),
      ...auction,
      topRay: uint256Schema,
      prices: usedPricesSchema,
    }),
  ]),
)
