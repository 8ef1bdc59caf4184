// The shape of steps at an option desk.
import { z } from 'zod'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const buyOption = z.strictObject({
  do: z.literal('buy-option'),
  ...stepBase,
  desk: name,
  series: name,
  /** Whole units of the underlying. */
  units: decimal,
  /** Whole units of the coin of settlement. */
  maxPremium: decimal,
})

/** Fixes what holders of an expired series are paid. */
const settleOptions = z.strictObject({
  do: z.literal('settle-options'),
  ...stepBase,
  desk: name,
  series: name,
})

/** The actor's own. */
const exerciseOption = z.strictObject({
  do: z.literal('exercise-option'),
  ...stepBase,
  desk: name,
  series: name,
})

export const optionStepSchemas = [buyOption, settleOptions, exerciseOption] as const
