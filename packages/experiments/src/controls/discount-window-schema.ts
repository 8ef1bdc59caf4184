// The shape of a window at which a lender of last resort lends.
import { z } from 'zod'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'

export const discountWindowSchema = z.strictObject({
  chain: name,
  /** What it lends, and who says what that is worth. */
  asset: symbol,
  oracle: name,
  /** All that it has, whole units. */
  capital: decimal,
  /** A year, above what a market asks in calm times. */
  penaltyBps: whole(0, 1_000_000),
  /** A pledge that is not redeemed by then is kept. */
  termSeconds: whole(1, 31_536_000),
  /** An asset of the chain, a receipt (`main/USDC`) or shares of a pair → by whose price, and less how much. */
  collaterals: z
    .record(lentAsset, z.strictObject({ oracle: name, haircutBps: whole(0, 9_999) }))
    .refine((all) => Object.keys(all).length > 0, 'it lends against something'),
  /** Participants that it lends to; default: everybody. */
  borrowers: z.array(name).min(1).max(1_000).optional(),
})
