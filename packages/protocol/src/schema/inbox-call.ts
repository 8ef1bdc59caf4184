// Schema of the calls of a rollup's contracts on its L1.
import { z } from 'zod'
import type { InboxCall } from '../rollup/inbox-call.ts'
import { MAX_FORCED_BYTES } from '../wire/limits.ts'
import { schemaOf } from './exact.ts'
import { headerSchema } from './header.ts'
import { bytesSchema, chainIdSchema, countSchema, hash32Schema } from './scalars.ts'

export const inboxCallSchema = schemaOf<InboxCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('post-batch'),
      rollup: chainIdSchema,
      fromBlock: countSchema,
      toBlock: countSchema,
      after: hash32Schema.nullable(),
      tip: hash32Schema,
      forcedRead: countSchema.exactOptional(),
    }),
    z.strictObject({
      kind: z.literal('force-transaction'),
      rollup: chainIdSchema,
      raw: bytesSchema(MAX_FORCED_BYTES),
    }),
    z.strictObject({
      kind: z.literal('force-inclusion'),
      rollup: chainIdSchema,
      read: countSchema,
    }),
    z.strictObject({
      kind: z.literal('post-root'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
      outboxRoot: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('challenge'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
      outboxRoot: hash32Schema,
      header: headerSchema,
    }),
    z.strictObject({
      kind: z.literal('post-proof'),
      rollup: chainIdSchema,
      block: countSchema,
      stateRoot: hash32Schema,
      outboxRoot: hash32Schema,
      header: headerSchema,
    }),
  ]),
)
