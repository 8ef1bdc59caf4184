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

const sendMessage = z.strictObject({
  do: z.literal('send-message'),
  ...stepBase,
  bridge: name,
  from: name,
  to: name,
  /** Participants whom the bridge's own contract there is to take for its verifiers. */
  verifiers: z.array(name).min(1).max(64),
  threshold: whole(1, 64).default(1),
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
  /**
   * None at all, the actor's own under the verifiers' names, the actor's own under its own name, those of the bridge's
   * newest delivery, true ones under keys that it has stolen, or true ones for verifiers whose scheme a fault has broken.
   */
  signatures: z.enum(['none', 'invalid', 'own', 'stolen', 'keys', 'broken-scheme']),
  /** How many verifiers' keys it has, with `keys`. */
  keys: whole(1, 64).default(1),
  /** Under which set of verifiers they count; default: the first. */
  setIndex: whole(0, 1_000).default(0),
  /** Whether the bridge is to fall for it: then the loss is a declared exploit. */
  outcome: z.enum(['refused', 'accepted']).default('refused'),
})

const deliverAgain = z.strictObject({
  do: z.literal('deliver-again'),
  ...stepBase,
  /** The label of an earlier bridge-out of the actor. */
  of: name,
  /** Whether the bridge is to fall for it: then the second payment is a declared exploit. */
  outcome: z.enum(['refused', 'accepted']).default('refused'),
  /** The chain on which it is handed in; default: the one that it was for. */
  on: name.optional(),
  /** Of the message that is repeated, for the declaration: how many the chain had sent over the bridge before. */
  sequence: whole(0, 2 ** 31 - 1).default(0),
})

const refill = z.strictObject({
  do: z.literal('refill'),
  ...stepBase,
  bridge: name,
  asset: symbol,
  amount: decimal,
})

export const bridgeStepSchemas = [bridgeOut, sendMessage, deliverForged, deliverAgain, refill] as const
