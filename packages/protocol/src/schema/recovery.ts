// Schemas of what happens after a loss: calls and events.
import { z } from 'zod'
import type { RecoveryCall } from '../bridge/recovery-call.ts'
import type { RecoveryEvent } from '../bridge/recovery-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, hash32Schema, uint256Schema } from './scalars.ts'

const asset = { bridge: addressSchema, token: addressSchema }

export const recoveryCallSchema = schemaOf<RecoveryCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('refill'), ...asset, amount: uint256Schema }),
    z.strictObject({ kind: z.literal('share-loss'), ...asset, claims: uint256Schema }),
  ]),
)

export const recoveryEventSchema = schemaOf<RecoveryEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('bridge-refilled'),
      ...asset,
      amount: uint256Schema,
      benefactor: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('loss-shared'),
      ...asset,
      backing: uint256Schema,
      claims: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('redemption-reduced'),
      ...asset,
      message: hash32Schema,
      claimed: uint256Schema,
      paid: uint256Schema,
    }),
  ]),
)
