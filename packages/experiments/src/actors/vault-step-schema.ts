// The shape of steps that hold shares of a range's vault.
import { z } from 'zod'
import { amountsBySymbol, decimal, name, seconds } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

/** Pays into a vault for as many shares as both amounts allow. */
const joinVault = z.strictObject({
  do: z.literal('join-vault'),
  ...stepBase,
  vault: name,
  amounts: amountsBySymbol,
  /** In whole shares, of 10^18 units. */
  minShares: decimal.default('0'),
  deadlineSeconds: seconds.optional(),
})

/** Gives shares back for their part of the range and of its fees. */
const leaveVault = z.strictObject({
  do: z.literal('leave-vault'),
  ...stepBase,
  vault: name,
  shares: decimal,
  minAmounts: amountsBySymbol.default({}),
  deadlineSeconds: seconds.optional(),
})

export const vaultStepSchemas = [joinVault, leaveVault] as const
