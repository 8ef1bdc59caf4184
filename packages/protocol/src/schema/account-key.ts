// Schemas of the rotation of an account's key: the call, and the event that it leaves.
import { z } from 'zod'
import type { KeyCall, KeyEvent } from '../chain/account-key.ts'
import { schemaOf } from './exact.ts'
import { addressSchema } from './scalars.ts'

export const keyCallSchema = schemaOf<KeyCall>()(
  z.strictObject({ kind: z.literal('rotate-key'), key: addressSchema }),
)

export const keyEventSchema = schemaOf<KeyEvent>()(
  z.strictObject({ kind: z.literal('key-rotated'), account: addressSchema, key: addressSchema }),
)
