// Schemas of a market's calls and events.
import { z } from 'zod'
import type { MarketCall, SharedPoolCall } from '../market/market-call.ts'
import type { MarketEvent, SharedPoolEvent } from '../market/market-event.ts'
import { bookCallSchema, bookEventSchema } from './book.ts'
import { schemaOf } from './exact.ts'
import { rangeCallSchema, rangeEventSchema } from './range.ts'
import { addressSchema, uint32Schema, uint256Schema } from './scalars.ts'

const terms = { market: addressSchema, recipient: addressSchema, deadline: uint32Schema }
const least = { minAmount0: uint256Schema, minAmount1: uint256Schema }

const sharedPoolCallSchema = schemaOf<SharedPoolCall>()(
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

const sharedPoolEventSchema = schemaOf<SharedPoolEvent>()(
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

export const marketCallSchema = schemaOf<MarketCall>()(
  z.discriminatedUnion('kind', [sharedPoolCallSchema, rangeCallSchema, bookCallSchema]),
)

export const marketEventSchema = schemaOf<MarketEvent>()(
  z.discriminatedUnion('kind', [sharedPoolEventSchema, rangeEventSchema, bookEventSchema]),
)
