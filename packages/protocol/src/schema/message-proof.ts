// Schemas of what makes a message believed.
import { z } from 'zod'
import type { DeliveryEvidence, MessageProof } from '../bridge/message-proof.ts'
import { MAX_PROOF_HASHES, MAX_VERIFIERS } from '../wire/limits.ts'
import { verifierSignatureSchema } from './bridge.ts'
import { listOf, schemaOf } from './exact.ts'
import { addressSchema, countSchema, hash32Schema } from './scalars.ts'

export const messageProofSchema = schemaOf<MessageProof>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('quorum'),
      setIndex: countSchema,
      signatures: listOf(verifierSignatureSchema, MAX_VERIFIERS),
    }),
    z.strictObject({
      kind: z.literal('bundle'),
      bundle: countSchema,
      leaf: countSchema,
      path: listOf(hash32Schema, MAX_PROOF_HASHES),
    }),
    z.strictObject({
      kind: z.literal('rollup-root'),
      block: countSchema,
      header: hash32Schema,
      leaf: countSchema,
      path: listOf(hash32Schema, MAX_PROOF_HASHES),
    }),
    z.strictObject({
      kind: z.literal('header-inclusion'),
      header: hash32Schema,
      leaf: countSchema,
      path: listOf(hash32Schema, MAX_PROOF_HASHES),
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
    z.strictObject({ kind: z.literal('bundle'), bundle: countSchema }),
    z.strictObject({ kind: z.literal('header-inclusion'), header: hash32Schema, leaf: countSchema }),
    z.strictObject({
      kind: z.literal('rollup-root'),
      block: countSchema,
      header: hash32Schema,
      leaf: countSchema,
    }),
  ]),
)
