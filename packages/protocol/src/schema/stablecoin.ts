// Schemas of an algorithmic stablecoin's calls and events.
import { z } from 'zod'
import { exchangeDirections, type StablecoinCall } from '../stablecoin/stablecoin-call.ts'
import type { StablecoinEvent } from '../stablecoin/stablecoin-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, int256Schema, uint256Schema } from './scalars.ts'

export const stablecoinCallSchema = schemaOf<StablecoinCall>()(
  z.strictObject({
    kind: z.literal('exchange-stablecoin'),
    stablecoin: addressSchema,
    direction: z.literal(exchangeDirections),
    amount: uint256Schema,
    minAmountOut: uint256Schema,
  }),
)

export const stablecoinEventSchema = schemaOf<StablecoinEvent>()(
  z.strictObject({
    kind: z.literal('stablecoin-exchanged'),
    stablecoin: addressSchema,
    holder: addressSchema,
    direction: z.literal(exchangeDirections),
    amountIn: uint256Schema,
    amountOut: uint256Schema,
    fee: uint256Schema,
    priceE8: uint256Schema,
    delta: int256Schema,
  }),
)
