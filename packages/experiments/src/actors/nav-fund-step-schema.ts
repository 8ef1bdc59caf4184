// The shape of steps at a fund of assets outside the chain.
import { z } from 'zod'
import { decimal, name } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const withCoins = z.strictObject({
  /** Buys shares at the mark, or brings in what assets outside were sold for. */
  do: z.enum(['subscribe-nav', 'fill-buffer']),
  ...stepBase,
  fund: name,
  /** Whole units of its coin. */
  amount: decimal,
})

const requestRedemption = z.strictObject({
  do: z.literal('request-redemption'),
  ...stepBase,
  fund: name,
  /** Whole units. */
  shares: decimal,
})

/** Whoever is next. */
const payRedemptions = z.strictObject({ do: z.literal('pay-redemptions'), ...stepBase, fund: name })

export const navFundStepSchemas = [withCoins, requestRedemption, payRedemptions] as const
