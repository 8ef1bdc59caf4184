// Schema of the faults that an operator tells a node to suffer.
import { z } from 'zod'
import { diskErrors, type NodeFault, strangerManners } from '../network/node-fault.ts'
import { MAX_NAMES } from '../wire/limits.ts'
import { listOf, schemaOf } from './exact.ts'
import { countSchema, nodeIdSchema, oneOf } from './scalars.ts'

const sides = { from: listOf(nodeIdSchema, MAX_NAMES), to: listOf(nodeIdSchema, MAX_NAMES) }
const probability = z.number().min(0).max(1)
/** A day of a clock that is off either way. */
const offset = z.int().min(-86_400_000).max(86_400_000)

export const nodeFaultSchema = schemaOf<NodeFault>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('partition'),
      ...sides,
      symmetric: z.boolean(),
      durationMs: countSchema,
    }),
    z.strictObject({
      kind: z.literal('link'),
      ...sides,
      symmetric: z.boolean().exactOptional(),
      durationMs: countSchema,
      loss: probability,
      duplicate: probability,
      delayMs: countSchema,
      jitterMs: countSchema,
      tail: z.strictObject({ share: probability, delayMs: countSchema }).exactOptional(),
      corrupt: probability.exactOptional(),
      bytesPerSecond: countSchema.exactOptional(),
      jam: oneOf(['until-end']).exactOptional(),
    }),
    z.strictObject({ kind: z.literal('reset'), ...sides, where: oneOf(['inside-frame']).exactOptional() }),
    z.strictObject({ kind: z.literal('refused'), ...sides, durationMs: countSchema }),
    z.strictObject({ kind: z.literal('clock-skew'), node: nodeIdSchema, skewMs: offset }),
    z.strictObject({
      kind: z.literal('clock-drift'),
      node: nodeIdSchema,
      ppm: offset,
      durationMs: countSchema,
    }),
    z.strictObject({ kind: z.literal('disk-stall'), node: nodeIdSchema, durationMs: countSchema }),
    z.strictObject({
      kind: z.literal('disk-full'),
      node: nodeIdSchema,
      restartAfterMs: countSchema.nullable(),
      error: oneOf(diskErrors).exactOptional(),
    }),
    z.strictObject({ kind: z.literal('loop-block'), node: nodeIdSchema, durationMs: countSchema }),
    z.strictObject({
      kind: z.literal('eclipse'),
      node: nodeIdSchema,
      keeps: listOf(nodeIdSchema, MAX_NAMES).exactOptional(),
      durationMs: countSchema,
    }),
    z.strictObject({
      kind: z.literal('strangers'),
      node: nodeIdSchema,
      connections: countSchema,
      manner: oneOf(strangerManners),
      durationMs: countSchema,
    }),
  ]),
)
