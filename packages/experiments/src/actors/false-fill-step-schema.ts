// The shape of steps of a thief of escrows.
import { z } from 'zod'
import { name, orderLabel, whole } from '../scenario/schema-scalars.ts'
import { stepBase } from './step-base.ts'

const deliverFalseFill = z.strictObject({
  do: z.literal('deliver-false-fill'),
  ...stepBase,
  bridge: name,
  /** The chain of the fill that there was not, and the chain of the escrow. */
  from: name,
  to: name,
  /** `user/nonce`; default: the first order opened from `atSeconds` on that the bridge proves. */
  order: orderLabel.optional(),
  sequence: whole(0, 2 ** 31 - 1).default(2_000_000),
  /** How many verifiers' keys the actor has. */
  keys: whole(1, 64).default(1),
  /** Under which set of verifiers they count; default: the first. */
  setIndex: whole(0, 1_000).default(0),
  /** Whether the bridge is to fall for it: then the escrow is a declared loss. */
  outcome: z.enum(['refused', 'accepted']).default('refused'),
})

const claimProven = z.strictObject({
  do: z.literal('claim-proven'),
  ...stepBase,
  chain: name,
})

export const falseFillStepSchemas = [deliverFalseFill, claimProven] as const
