// Schemas of a market's calls and events.
import { z } from 'zod'
import type { MarketCall } from '../market/market-call.ts'
import type { MarketEvent } from '../market/market-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, uint32Schema, uint256Schema } from './scalars.ts'

const terms = { market: addressSchema, recipient: addressSchema, deadline: uint32Schema }
const least = { minAmount0: uint256Schema, minAmount1: uint256Schema }

export const marketCallSchema = schemaOf<MarketCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('swap'),
      ...terms,
      tokenIn: addressSchema,
      amountIn: uint256Schema,
      minAmountOut: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('add-liquidity'),
      ...terms,
      amount0: uint256Schema,
      amount1: uint256Schema,
      ...least,
    }),
    z.strictObject({ kind: z.literal('remove-liquidity'), ...terms, shares: uint256Schema, ...least }),
  ]),
)

export const marketEventSchema = schemaOf<MarketEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('swapped'),
      market: addressSchema,
      sender: addressSchema,
      recipient: addressSchema,
      tokenIn: addressSchema,
      amountIn: uint256Schema,
      amountOut: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal(['liquidity-added', 'liquidity-removed']),
      market: addressSchema,
      provider: addressSchema,
      recipient: addressSchema,
      amount0: uint256Schema,
      amount1: uint256Schema,
      shares: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('market-synced'),
      market: addressSchema,
      reserve0: uint256Schema,
      reserve1: uint256Schema,
      priceX96: uint256Schema,
    }),
  ]),
)
