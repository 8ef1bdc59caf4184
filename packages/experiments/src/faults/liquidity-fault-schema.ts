// The shape of what befalls the depth of markets.
import { z } from 'zod'
import { name, share } from '../scenario/schema-scalars.ts'
import { faultTime } from './fault-time.ts'

/** The catalogue of faults has withdrawals of 10 to 100 % in one block. */
const withdrawLiquidity = z.strictObject({
  kind: z.literal('withdraw-liquidity'),
  ...faultTime,
  /** The contract's name: of a market in several venues one of them. */
  market: name,
  /** The part of what each provider has there when the fault comes. */
  share: share.default(1),
})

export const liquidityFaultSchemas = [withdrawLiquidity] as const
