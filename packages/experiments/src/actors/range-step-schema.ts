// The shape of steps that provide for a pool of concentrated liquidity.
import { z } from 'zod'
import { amountsBySymbol, decimal, name, seconds } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const range = {
  ...stepBase,
  market: name,
  /** Prices of the market's first asset in the second, widened to whole ticks. */
  lower: decimal,
  upper: decimal,
  minAmounts: amountsBySymbol.default({}),
  deadlineSeconds: seconds.optional(),
}

/** As much liquidity as both amounts pay for. */
const mintRange = z.strictObject({ do: z.literal('mint-range'), ...range, amounts: amountsBySymbol })

/** A part of the liquidity that the actor has between these prices when the run begins, with all fees so far; 0 collects fees only. */
const burnRange = z.strictObject({
  do: z.literal('burn-range'),
  ...range,
  percent: z.number().min(0).max(100),
})

export const rangeStepSchemas = [mintRange, burnRange] as const
