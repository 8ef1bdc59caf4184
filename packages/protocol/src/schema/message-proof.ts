// Schemas of what makes a message believed.
import { z } from 'zod'
import type { BatchProof, DeliveryEvidence, MessageProof } from '../bridge/message-proof.ts'
import { MAX_DELIVERIES, MAX_PROOF_HASHES, MAX_VERIFIERS } from '../wire/limits.ts'
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

const leaves = listOf(countSchema, MAX_DELIVERIES)
const siblings = listOf(hash32Schema, MAX_DELIVERIES * MAX_PROOF_HASHES)

export const batchProofSchema = schemaOf<BatchProof>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('quorum'),
      setIndex: countSchema,
      signatures: listOf(listOf(verifierSignatureSchema, MAX_VERIFIERS), MAX_DELIVERIES),
    }),
    z.strictObject({ kind: z.literal('bundle'), bundle: countSchema, leaves, siblings }),
    z.strictObject({
      kind: z.literal('rollup-root'),
      block: countSchema,
      header: hash32Schema,
      leaves,
      siblings,
    }),
    z.strictObject({ kind: z.literal('header-inclusion'), header: hash32Schema, leaves, siblings }),
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
