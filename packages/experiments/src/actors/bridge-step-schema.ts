// The shape of steps that use a bridge, or abuse it.
import { z } from 'zod'
import { decimal, name, symbol, whole } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const bridgeOut = z.strictObject({
  do: z.literal('bridge-out'),
  ...stepBase,
  bridge: name,
  asset: symbol,
  from: name,
  to: name,
  amount: decimal,
  /** The name of a participant; default: the actor itself. */
  recipient: name.optional(),
})

const deliverForged = z.strictObject({
  do: z.literal('deliver-forged'),
  ...stepBase,
  bridge: name,
  asset: symbol,
  from: name,
  to: name,
  amount: decimal,
  recipient: name.optional(),
  sequence: whole(0, 2 ** 31 - 1).default(2_000_000),
  /** none at all, the actor's own under the verifiers' names, or those of the bridge's newest delivery. */
  signatures: z.enum(['none', 'invalid', 'stolen']),
  /** Whether the bridge is to fall for it: then the loss is a declared exploit. */
  outcome: z.enum(['refused', 'accepted']).default('refused'),
})

const deliverAgain = z.strictObject({
  do: z.literal('deliver-again'),
  ...stepBase,
  /** The label of an earlier bridge-out of the actor. */
  of: name,
})

export const bridgeStepSchemas = [bridgeOut, deliverForged, deliverAgain] as const
