// The shape of steps that trade on a market or provide for it.
import { z } from 'zod'
import { amountsBySymbol, decimal, name, seconds, symbol } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const trade = {
  ...stepBase,
  market: name,
  /** The last second of the run at which the call may be carried out; by default any. */
  deadlineSeconds: seconds.optional(),
}

const swap = z.strictObject({
  do: z.literal('swap'),
  ...trade,
  sell: symbol,
  amount: decimal,
  /** The least that must come out, in whole units of the other asset. */
  minOut: decimal.default('0'),
})

/** Up to these amounts, in the pool's ratio. */
const addLiquidity = z.strictObject({
  do: z.literal('add-liquidity'),
  ...trade,
  amounts: amountsBySymbol,
  minAmounts: amountsBySymbol.default({}),
})

/** A part of the shares that the market's provider holds when the run begins. */
const removeLiquidity = z.strictObject({
  do: z.literal('remove-liquidity'),
  ...trade,
  percent: z.number().gt(0).max(100),
  minAmounts: amountsBySymbol.default({}),
})

export const marketStepSchemas = [swap, addLiquidity, removeLiquidity] as const
