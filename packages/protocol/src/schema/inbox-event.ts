// Schema of the events of a rollup's contracts on its L1.
import { z } from 'zod'
import type { InboxEvent } from '../rollup/inbox-event.ts'
import { MAX_FORCED_BYTES } from '../wire/limits.ts'
import { schemaOf } from './exact.ts'
import {
  addressSchema,
  bytesSchema,
  chainIdSchema,
  countSchema,
  hash32Schema,
  uint32Schema,
} from './scalars.ts'

export const inboxEventSchema = schemaOf<InboxEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('batch-posted'),
      rollup: chainIdSchema,
      fromBlock: countSchema,
      toBlock: countSchema,
      tip: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('root-posted'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
      outboxRoot: hash32Schema,
      proposer: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('transaction-forced'),
      rollup: chainIdSchema,
      hash: hash32Schema,
      raw: bytesSchema(MAX_FORCED_BYTES),
      dueAt: uint32Schema.nullable(),
    }),
    z.strictObject({
      kind: z.literal('forced-read'),
      rollup: chainIdSchema,
      read: countSchema,
      by: z.enum(['batch', 'call']),
      dueAt: uint32Schema,
    }),
    z.strictObject({
      kind: z.literal('roots-deleted'),
      rollup: chainIdSchema,
      fromBlock: countSchema,
      challenger: addressSchema,
    }),
    z.strictObject({
      kind: z.literal('challenge-lost'),
      rollup: chainIdSchema,
      block: countSchema,
      challenger: addressSchema,
    }),
    z.strictObject({ kind: z.literal('roots-reset'), rollup: chainIdSchema, fromBlock: countSchema }),
    z.strictObject({
      kind: z.literal('proof-posted'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
      outboxRoot: hash32Schema,
    }),
  ]),
)
