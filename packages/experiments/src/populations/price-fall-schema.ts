// The shape of a price that people look at who have money in something that hangs on it.
import { z } from 'zod'
import { name, symbol } from '../scenario/schema-scalars.ts'
import { lossAversionSchema } from './loss-aversion-schema.ts'

/** Pressure of an asset whose price at a market has fallen to nothing. */
export const priceFallSchema = z.strictObject({
  market: name,
  asset: symbol,
  weight: z.number().min(0).max(100),
  /** How they feel the fall; left out: in proportion. */
  lossAversion: lossAversionSchema.optional(),
})
export type ScenarioPriceFall = z.infer<typeof priceFallSchema>
