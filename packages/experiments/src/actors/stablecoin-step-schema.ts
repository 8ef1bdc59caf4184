// The shape of steps that exchange an algorithmic stablecoin.
import { exchangeDirections } from '@solvent/protocol'
import { z } from 'zod'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

/** `redeem` burns the stablecoin for token, `issue` burns token for the stablecoin. */
const exchangeStablecoin = z.strictObject({
  do: z.literal('exchange-stablecoin'),
  ...stepBase,
  stablecoin: name,
  direction: z.enum(exchangeDirections),
  /** Of what is burned, whole units. */
  amount: decimal,
  /** The least that must be minted, whole units of the other coin. */
  minOut: decimal.default('0'),
})

export const stablecoinStepSchemas = [exchangeStablecoin] as const
