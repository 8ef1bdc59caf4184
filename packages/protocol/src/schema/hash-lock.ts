// Schemas of a hash-lock contract's calls and events.
import { z } from 'zod'
import { type HashLockCall, lockLegs } from '../bridge/hash-lock-call.ts'
import type { HashLockEvent } from '../bridge/hash-lock-event.ts'
import { schemaOf } from './exact.ts'
import { addressSchema, hash32Schema, oneOf, uint256Schema } from './scalars.ts'

const terms = {
  bridge: addressSchema,
  leg: oneOf(lockLegs),
  token: addressSchema,
  amount: uint256Schema,
  recipient: addressSchema,
  hash: hash32Schema,
}
const lock = { bridge: addressSchema, lock: hash32Schema }

export const hashLockCallSchema = schemaOf<HashLockCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hash-lock-create'), ...terms }),
    z.strictObject({ kind: z.literal('hash-lock-withdraw'), ...lock, preimage: hash32Schema }),
    z.strictObject({ kind: z.literal('hash-lock-cancel'), ...lock }),
  ]),
)

export const hashLockEventSchema = schemaOf<HashLockEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('hash-lock-created'),
      ...terms,
      lock: hash32Schema,
      depositor: addressSchema,
      safetyDeposit: uint256Schema,
    }),
    z.strictObject({
      kind: z.literal('hash-lock-withdrawn'),
      ...lock,
      preimage: hash32Schema,
      by: addressSchema,
    }),
    z.strictObject({ kind: z.literal('hash-lock-cancelled'), ...lock, by: addressSchema }),
  ]),
)
