// Schemas of what makes a message believed.
import { z } from 'zod'
import type { DeliveryEvidence, MessageProof } from '../bridge/message-proof.ts'
import { MAX_VERIFIERS } from '../wire/limits.ts'
import { verifierSignatureSchema } from './bridge.ts'
import { listOf, schemaOf } from './exact.ts'
import { addressSchema, countSchema } from './scalars.ts'

export const messageProofSchema = schemaOf<MessageProof>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('quorum'),
      setIndex: countSchema,
      signatures: listOf(verifierSignatureSchema, MAX_VERIFIERS),
    }),
  ]),
)

export const deliveryEvidenceSchema = schemaOf<DeliveryEvidence>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('quorum'),
      setIndex: countSchema,
      signers: listOf(addressSchema, MAX_VERIFIERS),
    }),
  ]),
)
