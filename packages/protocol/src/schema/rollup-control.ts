// Schema of what an operator may have a rollup's producer, or a challenger, do wrong.
import { z } from 'zod'
import { postingSeries, type RollupControl } from '../rollup/rollup-control.ts'
import { schemaOf } from './exact.ts'
import { chainIdSchema, countSchema, hash32Schema, oneOf } from './scalars.ts'

export const rollupControlSchema = schemaOf<RollupControl>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('invalid-root'),
      rollup: chainIdSchema,
      stateRoot: hash32Schema,
      outboxRoot: hash32Schema,
    }),
    z.strictObject({
      kind: z.literal('hold-postings'),
      rollup: chainIdSchema,
      series: oneOf(postingSeries),
      untilMs: countSchema,
    }),
    z.strictObject({ kind: z.literal('repeat-batch'), rollup: chainIdSchema }),
    z.strictObject({
      kind: z.literal('challenge-blindly'),
      rollup: chainIdSchema,
      count: countSchema,
    }),
    z.strictObject({ kind: z.literal('withhold-data'), rollup: chainIdSchema, untilMs: countSchema }),
  ]),
)
