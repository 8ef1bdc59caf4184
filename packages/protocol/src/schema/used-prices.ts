// Schema of the prices that a decision rested on.
import { z } from 'zod'
import type { UsedPrice } from '../lending/used-price.ts'
import { listOf, schemaOf } from './exact.ts'
import { addressSchema, countSchema, uint256Schema } from './scalars.ts'

/** Reserves that a decision may look at. */
const MAX_PRICES = 64

export const usedPricesSchema = listOf(
  schemaOf<UsedPrice>()(
    z.strictObject({
      token: addressSchema,
      oracle: addressSchema,
      priceE8: uint256Schema,
      updatedAt: countSchema,
    }),
  ),
  MAX_PRICES,
)
