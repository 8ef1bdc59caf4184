// Schema of what befalls a solver as a business.
import { z } from 'zod'
import type { SolverDistress } from '../network/solver-distress.ts'
import { orNull, schemaOf } from './exact.ts'
import { addressSchema, countSchema } from './scalars.ts'

export const solverDistressSchema = schemaOf<SolverDistress>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('stand-aside'), untilMs: countSchema }),
    z.strictObject({ kind: z.literal('undercut'), bps: countSchema, untilMs: countSchema }),
    z.strictObject({ kind: z.literal('default'), creditor: orNull(addressSchema) }),
  ]),
)
