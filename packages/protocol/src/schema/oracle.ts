// Schemas of an oracle's calls and events.
import { z } from 'zod'
import type { OracleCall } from '../oracle/oracle-call.ts'
import type { OracleEvent } from '../oracle/oracle-event.ts'
import { orNull, schemaOf } from './exact.ts'
import { addressSchema, countSchema, int256Schema, uint256Schema } from './scalars.ts'

const oracle = { oracle: addressSchema }
const answer = { ...oracle, round: countSchema, answerE8: int256Schema }

export const oracleCallSchema = schemaOf<OracleCall>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('post-price'), ...answer }),
    z.strictObject({ kind: z.literal('poke-oracle'), ...oracle }),
  ]),
)

export const oracleEventSchema = schemaOf<OracleEvent>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('price-posted'), ...answer, reporter: addressSchema }),
    z.strictObject({ kind: z.literal('price-updated'), ...answer }),
    z.strictObject({
      kind: z.literal('average-taken'),
      ...oracle,
      cumulative: z.union([uint256Schema, int256Schema]),
      answerE8: orNull(int256Schema),
    }),
    z.strictObject({
      kind: z.literal('oracle-poked'),
      ...oracle,
      currentE8: int256Schema,
      queuedE8: int256Schema,
    }),
  ]),
)
