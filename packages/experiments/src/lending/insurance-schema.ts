// The shape of a lending pool's insurance.
import { z } from 'zod'
import { bps, decimal, name } from '../scenario/schema-scalars.ts'
import { lentAsset } from './lent-asset-schema.ts'

export const insuranceSchema = z.strictObject({
  /** Staked in the fund at the start, by reserve; it is lent like any supply, and stays. */
  stake: z.record(lentAsset, decimal).default({}),
  /** Of the reserve factor's part of the interest, for the fund. */
  premiumBps: bps.default(5_000),
  /** Pools of a chain that name the same one pay for each other. */
  mutual: name.optional(),
  /** Of the fund, at most for the bad debt of another pool at once. */
  mutualBps: bps.default(10_000),
})
