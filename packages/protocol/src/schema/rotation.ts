// Schemas of a rotation of verifiers: the set, the call, and the events it leaves.
import { z } from 'zod'
import type { RotationCall } from '../bridge/rotation-call.ts'
import type { RotationEvent } from '../bridge/rotation-event.ts'
import type { VerifierSetTerms } from '../bridge/verifier-set.ts'
import { MAX_VERIFIERS } from '../wire/limits.ts'
import { listOf, schemaOf } from './exact.ts'
import { addressSchema, countSchema, hash32Schema, uint32Schema } from './scalars.ts'

export const verifierSetSchema = schemaOf<VerifierSetTerms>()(
  z.strictObject({
    setIndex: countSchema,
    verifiers: listOf(addressSchema, MAX_VERIFIERS),
    threshold: countSchema,
  }),
)

export const rotationCallSchema = schemaOf<RotationCall>()(
  z.strictObject({ kind: z.literal('rotate-verifiers'), bridge: addressSchema, next: verifierSetSchema }),
)

export const rotationEventSchema = schemaOf<RotationEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('rotation-voted'),
      bridge: addressSchema,
      proposal: hash32Schema,
      voter: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('verifiers-rotated'),
      bridge: addressSchema,
      next: verifierSetSchema,
      graceUntil: uint32Schema,
    }),
  ]),
)
