// The shape of a price that people look at who have money in something that hangs on it.
import { z } from 'zod'
import { name, symbol } from '../scenario/schema-scalars.ts'

/** Pressure of an asset whose price at a market has fallen to nothing. */
export const priceFallSchema = z.strictObject({
  market: name,
  asset: symbol,
  weight: z.number().min(0).max(100),
})
export type ScenarioPriceFall = z.infer<typeof priceFallSchema>
