// Schemas of slashing.
import { z } from 'zod'
import type { HeaderEvidence, SlashCall, SlashEvent } from '../consensus/slash.ts'
import { schemaOf } from './exact.ts'
import { headerSchema } from './header.ts'
import { chainIdSchema, countSchema, signatureSchema, uint256Schema } from './scalars.ts'

const evidenceSchema = schemaOf<HeaderEvidence>()(
  z.strictObject({ header: headerSchema, signature: signatureSchema }),
)

export const slashCallSchema = schemaOf<SlashCall>()(
  z.strictObject({ kind: z.literal('slash'), first: evidenceSchema, second: evidenceSchema }),
)

export const slashEventSchema = schemaOf<SlashEvent>()(
  z.strictObject({
    kind: z.literal('validators-slashed'),
    offence: chainIdSchema,
    slot: countSchema,
    group: countSchema,
    amount: uint256Schema,
  }),
)
