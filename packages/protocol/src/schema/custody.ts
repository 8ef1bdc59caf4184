// Schemas of what custody is asked for and does, of all its kinds.
import { z } from 'zod'
import type { CustodyCall } from '../bridge/custody-call.ts'
import type { CustodyEvent } from '../bridge/custody-event.ts'
import { schemaOf } from './exact.ts'
import { hashLockCallSchema, hashLockEventSchema } from './hash-lock.ts'
import { issuanceCallSchema } from './issuance-call.ts'
import { issuanceEventSchema } from './issuance-event.ts'
import { poolCallSchema, poolEventSchema } from './pool.ts'

export const custodyCallSchema = schemaOf<CustodyCall>()(
  z.discriminatedUnion('kind', [issuanceCallSchema, poolCallSchema, hashLockCallSchema]),
)

export const custodyEventSchema = schemaOf<CustodyEvent>()(
  z.discriminatedUnion('kind', [issuanceEventSchema, poolEventSchema, hashLockEventSchema]),
)
