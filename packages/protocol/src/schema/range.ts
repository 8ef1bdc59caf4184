// Schemas of what providers of concentrated liquidity ask for and what comes of it.
import { z } from 'zod'
import type { RangeCall } from '../market/range-call.ts'
import type { RangeEvent } from '../market/range-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, integerSchema, uint32Schema, uint256Schema } from './scalars.ts'

const range = { market: addressSchema, tickLower: integerSchema, tickUpper: integerSchema }
const least = { minAmount0: uint256Schema, minAmount1: uint256Schema, deadline: uint32Schema }
const amounts = { amount0: uint256Schema, amount1: uint256Schema }
const vault = { market: addressSchema, vault: addressSchema }

export const rangeCallSchema = schemaOf<RangeCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('mint-range'), ...range, ...amounts, ...least }),
    z.strictObject({
      kind: z.literal('burn-range'),
      ...range,
      liquidity: uint256Schema,
      recipient: addressSchema,
      ...least,
    }),
    z.strictObject({
      kind: z.literal('mint-vault-shares'),
      ...vault,
      ...amounts,
      minShares: uint256Schema,
      deadline: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('burn-vault-shares'),
      ...vault,
      shares: uint256Schema,
      recipient: addressSchema,
      ...least,
    }),
  ]),
)

export const rangeEventSchema = schemaOf<RangeEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('range-minted'),
      ...range,
      owner: addressSchema,
      liquidity: uint256Schema,
      ...amounts,
    }),
    z.strictObject({
      kind: z.literal('range-burned'),
      ...range,
      owner: addressSchema,
      recipient: addressSchema,
      liquidity: uint256Schema,
      ...amounts,
      paid0: uint256Schema,
      paid1: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('tick-moved'),
      market: addressSchema,
      sqrtPriceX96: uint256Schema,
      tick: integerSchema,
      liquidity: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('vault-shares-minted'),
      ...vault,
      owner: addressSchema,
      shares: uint256Schema,
      ...amounts,
    }),
    z.strictObject({
      kind: z.literal('vault-shares-burned'),
      ...vault,
      owner: addressSchema,
      recipient: addressSchema,
      shares: uint256Schema,
      ...amounts,
    }),
  ]),
)
