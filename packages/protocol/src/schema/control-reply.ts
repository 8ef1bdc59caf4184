// Schema of what nodes answer to an operator.
import { z } from 'zod'
import type { ControlReply, NodeStatus } from '../wire/control.ts'
import { MAX_NAMES, MAX_REPORT_PART_BYTES } from '../wire/limits.ts'
import { listOf, schemaOf } from './exact.ts'
import {
  bytesSchema,
  chainIdSchema,
  countOrMinusOneSchema,
  countSchema,
  nodeIdSchema,
  textSchema,
} from './scalars.ts'

const headSchema = z.strictObject({
  chainId: chainIdSchema,
  head: countOrMinusOneSchema,
  safe: countOrMinusOneSchema,
  finalized: countOrMinusOneSchema,
})

const nodeStatusSchema = schemaOf<NodeStatus>()(
  z.strictObject({
    node: nodeIdSchema,
    role: textSchema,
    nowMs: countSchema,
    peers: countSchema,
    heads: listOf(headSchema, MAX_NAMES),
    summary: textSchema,
  }),
)

/** Bytes of something that does not fit a frame. */
const partShape = { offset: countSchema, total: countSchema, bytes: bytesSchema(MAX_REPORT_PART_BYTES) }

export const controlReplySchema = schemaOf<ControlReply>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('status'), status: nodeStatusSchema }),
    z.strictObject({ kind: z.enum(['report', 'exposures', 'history']), ...partShape }),
    z.strictObject({ kind: z.literal('sent'), orderId: textSchema }),
    z.strictObject({ kind: z.literal('order'), state: textSchema, detail: textSchema }),
    z.strictObject({ kind: z.literal('done') }),
    z.strictObject({ kind: z.literal('refused'), reason: textSchema }),
  ]),
)
