// The shape of steps that use a lending pool, in Aave's words.
import { z } from 'zod'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const ofReserve = { ...stepBase, pool: name, asset: lentAsset }
const all = z.union([z.literal('all'), decimal])

export const lendingStepSchemas = [
  z.strictObject({ do: z.literal('supply'), ...ofReserve, amount: decimal }),
  z.strictObject({ do: z.literal('withdraw'), ...ofReserve, amount: all }),
  z.strictObject({ do: z.literal('borrow'), ...ofReserve, amount: decimal }),
  /** `onBehalfOf`: a participant or a position; default: the actor itself. */
  z.strictObject({ do: z.literal('repay'), ...ofReserve, amount: all, onBehalfOf: name.optional() }),
  z.strictObject({
    do: z.literal('set-collateral'),
    ...ofReserve,
    use: z.enum(['as-collateral', 'not-as-collateral']),
  }),
  /** Left out: leaves its category. */
  z.strictObject({ do: z.literal('set-e-mode'), ...stepBase, pool: name, eMode: name.optional() }),
  z.strictObject({
    do: z.literal('liquidate'),
    ...stepBase,
    pool: name,
    borrower: name,
    collateral: lentAsset,
    debt: lentAsset,
    amount: all,
    receive: z.enum(['underlying', 'claims']).default('underlying'),
  }),
  z.strictObject({ do: z.literal('mint-to-treasury'), ...ofReserve }),
  z.strictObject({ do: z.literal('cover-deficit'), ...ofReserve, amount: decimal }),
] as const
