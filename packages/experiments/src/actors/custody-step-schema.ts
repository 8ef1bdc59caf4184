// The shape of steps that act on a bridge's custody: holders who redeem, providers of pools, swaps under hash locks.
import { z } from 'zod'
import { decimal, name, symbol } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const custody = { ...stepBase, bridge: name, asset: symbol, chain: name, amount: decimal }

const redeem = z.strictObject({ do: z.literal('redeem'), ...custody })
const poolDeposit = z.strictObject({ do: z.literal('pool-deposit'), ...custody })
/** `amount` in shares of the start: one for each unit that a pool without earnings holds. */
const poolWithdraw = z.strictObject({ do: z.literal('pool-withdraw'), ...custody })
const poolRefill = z.strictObject({ do: z.literal('pool-refill'), ...custody })

/** Locks for whoever shows the preimage that the word `secret` stands for. */
const lockCreate = z.strictObject({
  do: z.literal('hash-lock-create'),
  ...custody,
  leg: z.enum(['source', 'destination']),
  to: name,
  secret: name,
})
/** `of`: an actor and the label of its hash-lock-create, as in `alice/lock`. */
const ofLock = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}\/[a-z][a-z0-9-]{0,31}$/, 'an actor and a label, as in alice/lock')
const lockWithdraw = z.strictObject({
  do: z.literal('hash-lock-withdraw'),
  ...stepBase,
  of: ofLock,
  /** Another word than the lock's, to fail with. */
  secret: name.optional(),
})
const lockCancel = z.strictObject({ do: z.literal('hash-lock-cancel'), ...stepBase, of: ofLock })

export const custodyStepSchemas = [
  redeem,
  poolDeposit,
  poolWithdraw,
  poolRefill,
  lockCreate,
  lockWithdraw,
  lockCancel,
] as const
