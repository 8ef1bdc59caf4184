// The shape of steps at a discount window.
import { z } from 'zod'
import { lentAsset } from '../lending/lent-asset-schema.ts'
import { decimal, name, whole } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const drawWindow = z.strictObject({
  do: z.literal('draw-window'),
  ...stepBase,
  window: name,
  /** One that the window takes, and how much of it is pledged; whole units. */
  collateral: lentAsset,
  pledged: decimal,
  /** Of the window's coin. */
  amount: decimal,
})

/** Loans count from 0 at each window. */
const ofLoan = { window: name, loan: whole(0, 1_000_000) }
const repayWindow = z.strictObject({ do: z.literal('repay-window'), ...stepBase, ...ofLoan })
const seizePledge = z.strictObject({ do: z.literal('seize-pledge'), ...stepBase, ...ofLoan })

export const discountWindowStepSchemas = [drawWindow, repayWindow, seizePledge] as const
